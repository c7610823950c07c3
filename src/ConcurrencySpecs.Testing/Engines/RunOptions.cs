namespace ConcurrencySpecs.Testing.Engines;

/// <summary>How much an engine is to do, and from which seed.</summary>
/// <param name="Seed">All randomness comes from it: the same seed tries the same programs in the same order.</param>
public sealed record RunOptions(ulong Seed)
{
    /// <summary>One program and one schedule to run instead of many, as a failure of an engine that controls schedules printed it; null: many.</summary>
    public string? Schedule { get; init; }

    /// <summary>How long to try; null: the engine's own count, which suits a test run (about a second).</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Ends the run early, with what was done so far.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Told now and then how much work has been done.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>
    /// How long a call may stand still although the model would let it go on, before it counts as a lost wake-up; after five times as long,
    /// a call that heeds no cancellation counts as hung. Raise it on machines that stop for seconds.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to look for a smaller failure once there is one; zero when it is only asked whether there is one, and how soon.</summary>
    public TimeSpan Shrinking { get; init; } = TimeSpan.FromSeconds(3);
}
