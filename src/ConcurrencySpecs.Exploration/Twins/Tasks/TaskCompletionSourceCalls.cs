using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskCompletionSource"/>: completing is a step on the task.</summary>
/// <remarks>Continuations follow the runtime's rule: inside the call, or as threads of their own under RunContinuationsAsynchronously.</remarks>
[CallsOf(typeof(TaskCompletionSource)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_Task", ".ctor")]
public static class TaskCompletionSourceCalls
{
    public static void SetResult(TaskCompletionSource self) => Completing(self).SetResult();
    public static bool TrySetResult(TaskCompletionSource self) => Completing(self).TrySetResult();
    public static void SetException(TaskCompletionSource self, Exception exception) => Completing(self).SetException(exception);
    public static void SetException(TaskCompletionSource self, IEnumerable<Exception> exceptions) => Completing(self).SetException(exceptions);
    public static bool TrySetException(TaskCompletionSource self, Exception exception) => Completing(self).TrySetException(exception);
    public static bool TrySetException(TaskCompletionSource self, IEnumerable<Exception> exceptions) => Completing(self).TrySetException(exceptions);
    public static void SetCanceled(TaskCompletionSource self) => Completing(self).SetCanceled();
    public static void SetCanceled(TaskCompletionSource self, CancellationToken cancellationToken) => Completing(self).SetCanceled(cancellationToken);
    public static bool TrySetCanceled(TaskCompletionSource self) => Completing(self).TrySetCanceled();
    public static bool TrySetCanceled(TaskCompletionSource self, CancellationToken cancellationToken) => Completing(self).TrySetCanceled(cancellationToken);

    public static void SetFromTask(TaskCompletionSource self, Task completedTask)
    {
        if (completedTask is not null) TaskState.Look(completedTask);
        Completing(self).SetFromTask(completedTask!);
    }

    public static bool TrySetFromTask(TaskCompletionSource self, Task completedTask)
    {
        if (completedTask is not null) TaskState.Look(completedTask);
        return Completing(self).TrySetFromTask(completedTask!);
    }

    private static TaskCompletionSource Completing(TaskCompletionSource self)
    {
        TaskState.Change(self.Task, StepKind.Signal);
        return self;
    }
}
