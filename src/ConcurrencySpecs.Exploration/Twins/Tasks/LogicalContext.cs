using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>The synchronisation context of all logical threads: what is posted becomes a logical thread.</summary>
/// <remarks>
/// Because it is one object everywhere, the runtime runs an await's continuation inside the call that completes the task, as it does
/// where there is no context, and posts only what it would have given to the thread pool.
/// </remarks>
internal sealed class LogicalContext : SynchronizationContext
{
    public static readonly LogicalContext Instance = new();

    private LogicalContext() { }

    /// <summary>Makes it the context of the calling thread, unless the program has set one of its own.</summary>
    public static void Install()
    {
        if (Current is null) SetSynchronizationContext(Instance);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!Steps.Exploring) throw new InvalidOperationException(
            "A continuation of an explored program was started from a thread that the explorer does not control: something that it awaits has no twin.");
        Steps.Go(() => d(state));
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;
}
