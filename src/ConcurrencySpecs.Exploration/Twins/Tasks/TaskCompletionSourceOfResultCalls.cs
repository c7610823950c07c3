using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskCompletionSource{TResult}"/>: completing is a step on the task.</summary>
/// <remarks>Continuations follow the runtime's rule: inside the call, or as threads of their own under RunContinuationsAsynchronously.</remarks>
[CallsOf(typeof(TaskCompletionSource<>)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_Task", ".ctor")]
public static class TaskCompletionSourceOfResultCalls
{
    public static void SetResult<TResult>(TaskCompletionSource<TResult> self, TResult result) => Completing(self).SetResult(result);
    public static bool TrySetResult<TResult>(TaskCompletionSource<TResult> self, TResult result) => Completing(self).TrySetResult(result);
    public static void SetException<TResult>(TaskCompletionSource<TResult> self, Exception exception) => Completing(self).SetException(exception);
    public static void SetException<TResult>(TaskCompletionSource<TResult> self, IEnumerable<Exception> exceptions) =>
        Completing(self).SetException(exceptions);
    public static bool TrySetException<TResult>(TaskCompletionSource<TResult> self, Exception exception) => Completing(self).TrySetException(exception);
    public static bool TrySetException<TResult>(TaskCompletionSource<TResult> self, IEnumerable<Exception> exceptions) =>
        Completing(self).TrySetException(exceptions);
    public static void SetCanceled<TResult>(TaskCompletionSource<TResult> self) => Completing(self).SetCanceled();
    public static void SetCanceled<TResult>(TaskCompletionSource<TResult> self, CancellationToken cancellationToken) =>
        Completing(self).SetCanceled(cancellationToken);
    public static bool TrySetCanceled<TResult>(TaskCompletionSource<TResult> self) => Completing(self).TrySetCanceled();
    public static bool TrySetCanceled<TResult>(TaskCompletionSource<TResult> self, CancellationToken cancellationToken) =>
        Completing(self).TrySetCanceled(cancellationToken);

    public static void SetFromTask<TResult>(TaskCompletionSource<TResult> self, Task<TResult> completedTask)
    {
        if (completedTask is not null) TaskState.Look(completedTask);
        Completing(self).SetFromTask(completedTask!);
    }

    public static bool TrySetFromTask<TResult>(TaskCompletionSource<TResult> self, Task<TResult> completedTask)
    {
        if (completedTask is not null) TaskState.Look(completedTask);
        return Completing(self).TrySetFromTask(completedTask!);
    }

    private static TaskCompletionSource<TResult> Completing<TResult>(TaskCompletionSource<TResult> self)
    {
        TaskState.Change(self.Task, StepKind.Signal);
        return self;
    }
}
