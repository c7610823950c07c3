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

    private static long _escapes;

    private LogicalContext() { }

    /// <summary>How many continuations of explored programs were dropped because a thread outside the explorer's control wanted to start them.</summary>
    public static long Escapes => Interlocked.Read(ref _escapes);

    /// <summary>Makes it the context of the calling thread, unless the program has set one of its own.</summary>
    public static void Install()
    {
        if (Current is null) SetSynchronizationContext(Instance);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Steps.Exploring) Steps.Post(() => d(state), Builders.TakeNumber(state));
        else Interlocked.Increment(ref _escapes);      // throwing here would end the process: this is some thread of the pool
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;
}
