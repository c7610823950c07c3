using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ValueTaskAwaiter{TResult}"/>.</summary>
[CallsOf(typeof(ValueTaskAwaiter<>)), EditorBrowsable(EditorBrowsableState.Never)]
public static class ValueTaskAwaiterOfResultCalls
{
    public static bool get_IsCompleted<TResult>(ref ValueTaskAwaiter<TResult> self)
    {
        Awaiters.Look(ref self);
        return self.IsCompleted;
    }

    public static void OnCompleted<TResult>(ref ValueTaskAwaiter<TResult> self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.OnCompleted(continuation);
    }

    public static void UnsafeOnCompleted<TResult>(ref ValueTaskAwaiter<TResult> self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.UnsafeOnCompleted(continuation);
    }

    public static TResult GetResult<TResult>(ref ValueTaskAwaiter<TResult> self)
    {
        Awaiters.Await(ref self);
        return self.GetResult();
    }
}
