using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>What a search has seen.</summary>
internal sealed record SearchResult
{
    /// <summary>Complete schedules.</summary>
    public long Schedules { get; init; }

    /// <summary>Schedules that were given up because they repeat others.</summary>
    public long Redundant { get; init; }

    /// <summary>Steps of the complete schedules together.</summary>
    public long Steps { get; init; }

    /// <summary>Every schedule is covered: nothing was left out for lack of time, steps or schedules.</summary>
    public bool Exhausted { get; init; }

    /// <summary>Why the search ended without covering everything, or null.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>The first failure, or null.</summary>
    public Verdict? Failure { get; init; }

    /// <summary>The schedule of the first failure: what <see cref="Explanation"/> replays.</summary>
    public Explanation.Schedule? Schedule { get; init; }

    public TimeSpan Elapsed { get; init; }
}
