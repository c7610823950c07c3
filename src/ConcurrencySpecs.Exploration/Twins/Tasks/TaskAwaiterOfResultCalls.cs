using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskAwaiter{TResult}"/>.</summary>
[CallsOf(typeof(TaskAwaiter<>)), EditorBrowsable(EditorBrowsableState.Never)]
public static class TaskAwaiterOfResultCalls
{
    public static bool get_IsCompleted<TResult>(ref TaskAwaiter<TResult> self)
    {
        Awaiters.Look(ref self);
        return self.IsCompleted;
    }

    public static void OnCompleted<TResult>(ref TaskAwaiter<TResult> self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.OnCompleted(continuation);
    }

    public static void UnsafeOnCompleted<TResult>(ref TaskAwaiter<TResult> self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.UnsafeOnCompleted(continuation);
    }

    public static TResult GetResult<TResult>(ref TaskAwaiter<TResult> self)
    {
        Awaiters.Await(ref self);
        return self.GetResult();
    }
}
