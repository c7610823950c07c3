namespace ConcurrencySpecs.Exploration.Search;

/// <summary>What ends a search before everything is covered.</summary>
internal sealed record SearchBounds
{
    /// <summary>At most so many schedules; unbounded by default.</summary>
    public long Schedules { get; init; } = long.MaxValue;

    /// <summary>At most so long; unbounded by default.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.MaxValue;

    /// <summary>At most so many steps in one schedule.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>Whether a schedule that is cut off at <see cref="Steps"/> counts as a failure, to be told like any other.</summary>
    public bool CutFails { get; init; }

    /// <summary>Whether the search goes on after a failure; for counting and comparing.</summary>
    public bool PastFailures { get; init; }

    /// <summary>Decides in which order an exhaustive search goes, where the bound on schedules will cut it short; null: threads in their own order.</summary>
    public ulong? Order { get; init; }
}
