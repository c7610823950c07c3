using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ConfiguredTaskAwaitable.ConfiguredTaskAwaiter"/>.</summary>
[CallsOf(typeof(ConfiguredTaskAwaitable.ConfiguredTaskAwaiter)), EditorBrowsable(EditorBrowsableState.Never)]
public static class ConfiguredTaskAwaiterCalls
{
    public static bool get_IsCompleted(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter self)
    {
        Awaiters.Look(ref self);
        return self.IsCompleted;
    }

    public static void OnCompleted(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.OnCompleted(continuation);
    }

    public static void UnsafeOnCompleted(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.UnsafeOnCompleted(continuation);
    }

    public static void GetResult(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter self)
    {
        Awaiters.Await(ref self);
        self.GetResult();
    }
}
