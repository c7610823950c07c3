using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>A task as threads wait for it: open once it is completed.</summary>
/// <remarks>Completing, and adding a continuation, are changes; asking whether it is completed, and waiting, are looks.</remarks>
internal sealed class TaskState : Gate
{
    // I1  bit n of _knowing is set once thread n has seen the task completed: from then on it needs no step to see it again
    private ulong _knowing;
    private Task _task = null!;

    private protected override long Opening => _task.IsCompleted ? 1 : 0;
    internal override string Noun =>
        Runner is { } runner ? $"the task of {runner.Label}" : "a task";       // not its Id: that counts on from schedule to schedule
    internal override LogicalThread? EndOf => Runner;

    /// <summary>The token that may complete the task before it starts.</summary>
    public CancellationToken Token { get; set; }

    /// <summary>The task that is not completed before this one is, if it was attached to one.</summary>
    public Task? Parent { get; set; }

    /// <summary>The thread started to run the task and nothing else: waiting for the task, one may run it on the spot.</summary>
    public LogicalThread? Runner { get; set; }

    /// <summary>For the task of a state machine that is suspended: the number of the thread in which it will go on, where it has been kept.</summary>
    public int? GoesOnAs { get; set; }

    public static TaskState Of(Task task)
    {
        TaskState state = Steps.StateOf<TaskState>(task);
        state._task = task;
        return state;
    }

    /// <summary>Whether the calling thread has seen the task completed.</summary>
    public static bool Knows(Task task) => Steps.Exploring && (Of(task)._knowing >> Steps.Me & 1) != 0;

    /// <summary>A look at whether the task is completed.</summary>
    public static void Look(Task task)
    {
        if (!Steps.Exploring) return;
        TaskState state = Of(task);
        ulong me = 1ul << Steps.Me;
        if ((state._knowing & me) != 0) return;
        Steps.Look(state);
        if (task.IsCompleted) state._knowing |= me;
    }

    /// <summary>The task is about to be completed, or to get a continuation.</summary>
    public static void Change(Task task, StepKind kind)
    {
        if (!Steps.Exploring) return;
        LogicalContext.Install();
        Steps.Change(Of(task), kind);
    }

    /// <summary>Waits until the task is completed; false when the time is up first.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool Await(Task task, int milliseconds = Timeout.Infinite, CancellationToken token = default)
    {
        TaskState state = Of(task);
        ulong me = 1ul << Steps.Me;
        if ((state._knowing & me) != 0) return true;
        using Cancellable wait = state.Await(StepKind.Join, milliseconds, token);
        if (!task.IsCompleted) return wait.ThrowIfCalledAway();
        state._knowing |= me;
        return true;
    }
}
