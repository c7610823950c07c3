namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Time inside an execution. Every thread has its own, moved by its own sleeps and expired waits and carried along by synchronisation.</summary>
/// <remarks>
/// So what a thread reads depends only on what happened before it: two schedules that order the same conflicting steps alike show it the same time.
/// Durations are lower bounds, as on a machine: a wait of 50 ms that expires takes 50 ms, a computation takes none.
/// </remarks>
internal sealed class VirtualClock
{
    private readonly Execution _execution;

    internal VirtualClock(Execution execution) => _execution = execution;

    /// <summary>Milliseconds since the start of the execution, as the running thread sees them.</summary>
    public long Milliseconds => _execution.Running.Clock;

    /// <summary>The same as a span.</summary>
    public TimeSpan Elapsed => TimeSpan.FromMilliseconds(Milliseconds);

    internal void Advance(long milliseconds) => _execution.Running.Clock += Math.Max(0, milliseconds);
}
