using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskAwaiter"/>.</summary>
[CallsOf(typeof(TaskAwaiter)), EditorBrowsable(EditorBrowsableState.Never)]
public static class TaskAwaiterCalls
{
    public static bool get_IsCompleted(ref TaskAwaiter self)
    {
        Awaiters.Look(ref self);
        return self.IsCompleted;
    }

    public static void OnCompleted(ref TaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.OnCompleted(continuation);
    }

    public static void UnsafeOnCompleted(ref TaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.UnsafeOnCompleted(continuation);
    }

    public static void GetResult(ref TaskAwaiter self)
    {
        Awaiters.Await(ref self);
        self.GetResult();
    }
}
