using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter"/>.</summary>
[CallsOf(typeof(ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter)), EditorBrowsable(EditorBrowsableState.Never)]
public static class ConfiguredValueTaskAwaiterCalls
{
    public static bool get_IsCompleted(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter self)
    {
        Awaiters.Look(ref self);
        return self.IsCompleted;
    }

    public static void OnCompleted(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.OnCompleted(continuation);
    }

    public static void UnsafeOnCompleted(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.UnsafeOnCompleted(continuation);
    }

    public static void GetResult(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter self)
    {
        Awaiters.Await(ref self);
        self.GetResult();
    }
}
