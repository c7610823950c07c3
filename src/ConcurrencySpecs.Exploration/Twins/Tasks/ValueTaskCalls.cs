using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ValueTask"/>. One that wraps a source of the program's own is as controlled as that source.</summary>
[CallsOf(typeof(ValueTask)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_CompletedTask", "FromResult", "FromCanceled", "FromException",
    "GetHashCode", "Equals", "op_Equality", "op_Inequality", "ToString", "GetAwaiter", ".ctor")]
public static class ValueTaskCalls
{
    public static bool get_IsCompleted(ref ValueTask self) => Seen(ref self).IsCompleted;
    public static bool get_IsCompletedSuccessfully(ref ValueTask self) => Seen(ref self).IsCompletedSuccessfully;
    public static bool get_IsFaulted(ref ValueTask self) => Seen(ref self).IsFaulted;
    public static bool get_IsCanceled(ref ValueTask self) => Seen(ref self).IsCanceled;

    public static ConfiguredValueTaskAwaitable ConfigureAwait(ref ValueTask self, bool continueOnCapturedContext) =>
        self.ConfigureAwait(continueOnCapturedContext || Steps.Exploring);

    public static Task AsTask(ref ValueTask self) => Promises.Of(self);

    public static ValueTask Preserve(ref ValueTask self) => Steps.Exploring ? new ValueTask(Promises.Of(self)) : self.Preserve();

    private static ref ValueTask Seen(ref ValueTask self)
    {
        if (Steps.Exploring && Builders.TaskOf(ref self) is { } task) TaskState.Look(task);
        return ref self;
    }
}
