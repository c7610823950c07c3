using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ValueTaskAwaiter"/>.</summary>
[CallsOf(typeof(ValueTaskAwaiter)), EditorBrowsable(EditorBrowsableState.Never)]
public static class ValueTaskAwaiterCalls
{
    public static bool get_IsCompleted(ref ValueTaskAwaiter self)
    {
        Awaiters.Look(ref self);
        return self.IsCompleted;
    }

    public static void OnCompleted(ref ValueTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.OnCompleted(continuation);
    }

    public static void UnsafeOnCompleted(ref ValueTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.UnsafeOnCompleted(continuation);
    }

    public static void GetResult(ref ValueTaskAwaiter self)
    {
        Awaiters.Await(ref self);
        self.GetResult();
    }
}
