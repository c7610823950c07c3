using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ConfiguredTaskAwaitable{TResult}.ConfiguredTaskAwaiter"/>.</summary>
[CallsOf(typeof(ConfiguredTaskAwaitable<>.ConfiguredTaskAwaiter)), EditorBrowsable(EditorBrowsableState.Never)]
public static class ConfiguredTaskAwaiterOfResultCalls
{
    public static bool get_IsCompleted<TResult>(ref ConfiguredTaskAwaitable<TResult>.ConfiguredTaskAwaiter self)
    {
        Awaiters.Look(ref self);
        return self.IsCompleted;
    }

    public static void OnCompleted<TResult>(ref ConfiguredTaskAwaitable<TResult>.ConfiguredTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.OnCompleted(continuation);
    }

    public static void UnsafeOnCompleted<TResult>(ref ConfiguredTaskAwaitable<TResult>.ConfiguredTaskAwaiter self, Action continuation)
    {
        Builders.Awaits(ref self);
        self.UnsafeOnCompleted(continuation);
    }

    public static TResult GetResult<TResult>(ref ConfiguredTaskAwaitable<TResult>.ConfiguredTaskAwaiter self)
    {
        Awaiters.Await(ref self);
        return self.GetResult();
    }
}
