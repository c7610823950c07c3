using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>The default task scheduler inside an exploration: every task is a logical thread.</summary>
/// <remarks>Status, exceptions, cancellation and child tasks remain the runtime's own business.</remarks>
internal sealed class LogicalScheduler : TaskScheduler
{
    public static readonly LogicalScheduler Instance = new();

    [ThreadStatic] private static Task? _running;

    private LogicalScheduler() { }

    public override int MaximumConcurrencyLevel => int.MaxValue;

    /// <summary>The scheduler that stands for <paramref name="scheduler"/> inside an exploration.</summary>
    public static TaskScheduler For(TaskScheduler scheduler) => Steps.Exploring && scheduler == Default ? Instance : scheduler;

    /// <summary>The task that runs on this thread.</summary>
    public static Task? Running => _running;

    /// <summary>The step by which the task that runs on this thread completes, and perhaps its parent: after its body, before the result is set.</summary>
    public static void Completes()
    {
        if (_running is null) return;
        Hooks.Memory.At(0);         // the end of a body stands on no line of its own
        for (Task? task = _running; task is not null; task = TaskState.Of(task).Parent) TaskState.Change(task, StepKind.Signal);
    }

    protected override void QueueTask(Task task)
    {
        TaskState state = TaskState.Of(task);
        state.Runner = Steps.Go(() =>
        {
            TaskStarts.Look(state.Token);
            if (state.Token.IsCancellationRequested) Steps.Change(state, StepKind.Signal);     // then running it means completing it
            Run(task);
        });
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => !taskWasPreviouslyQueued && Run(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    // One operating-system thread may carry several logical ones, each on top of the other: the inner one ends first.
    private bool Run(Task task)
    {
        Task? outer = _running;
        _running = task;
        try
        {
            return TryExecuteTask(task);
        }
        finally
        {
            _running = outer;
        }
    }
}
