using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ValueTask{TResult}"/>. One that wraps a source of the program's own is as controlled as that source.</summary>
[CallsOf(typeof(ValueTask<>)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("GetHashCode", "Equals", "op_Equality", "op_Inequality", "ToString", "GetAwaiter", ".ctor")]
public static class ValueTaskOfResultCalls
{
    public static bool get_IsCompleted<TResult>(ref ValueTask<TResult> self) => Seen(ref self).IsCompleted;
    public static bool get_IsCompletedSuccessfully<TResult>(ref ValueTask<TResult> self) => Seen(ref self).IsCompletedSuccessfully;
    public static bool get_IsFaulted<TResult>(ref ValueTask<TResult> self) => Seen(ref self).IsFaulted;
    public static bool get_IsCanceled<TResult>(ref ValueTask<TResult> self) => Seen(ref self).IsCanceled;

    public static TResult get_Result<TResult>(ref ValueTask<TResult> self)
    {
        if (Steps.Exploring && Builders.TaskOf(ref self) is { } task) TaskState.Await(task);
        return Steps.Told(self.Result);
    }

    public static ConfiguredValueTaskAwaitable<TResult> ConfigureAwait<TResult>(ref ValueTask<TResult> self, bool continueOnCapturedContext) =>
        self.ConfigureAwait(continueOnCapturedContext || Steps.Exploring);

    public static Task<TResult> AsTask<TResult>(ref ValueTask<TResult> self) => Promises.Of(self);

    public static ValueTask<TResult> Preserve<TResult>(ref ValueTask<TResult> self) =>
        Steps.Exploring ? new ValueTask<TResult>(Promises.Of(self)) : self.Preserve();

    private static ref ValueTask<TResult> Seen<TResult>(ref ValueTask<TResult> self)
    {
        if (Steps.Exploring && Builders.TaskOf(ref self) is { } task) TaskState.Look(task);
        return ref self;
    }
}
