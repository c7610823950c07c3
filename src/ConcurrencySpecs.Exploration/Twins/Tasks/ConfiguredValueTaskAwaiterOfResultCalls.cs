using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ConfiguredValueTaskAwaitable{TResult}.ConfiguredValueTaskAwaiter"/>.</summary>
[CallsOf(typeof(ConfiguredValueTaskAwaitable<>.ConfiguredValueTaskAwaiter)), EditorBrowsable(EditorBrowsableState.Never)]
public static class ConfiguredValueTaskAwaiterOfResultCalls
{
    public static bool get_IsCompleted<TResult>(ref ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter self)
    {
        Awaiters.Look(ref self);
        return self.IsCompleted;
    }

    public static void OnCompleted<TResult>(ref ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.OnCompleted(continuation);
    }

    public static void UnsafeOnCompleted<TResult>(ref ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.UnsafeOnCompleted(continuation);
    }

    public static TResult GetResult<TResult>(ref ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter self)
    {
        Awaiters.Await(ref self);
        return self.GetResult();
    }
}
