namespace ConcurrencySpecs.Exploration;

/// <summary>What an exploration saw.</summary>
public sealed record ExplorationResult
{
    /// <summary>How many schedules ran to their end.</summary>
    public required long Schedules { get; init; }

    /// <summary>How many steps they took together.</summary>
    public required long Steps { get; init; }

    /// <summary>Whether every schedule is covered. Never true when a bound stopped the search, cut a schedule short, or the strategy only samples.</summary>
    /// <remarks>
    /// A thread that goes round in a loop in which nothing changes is passed over until something does: its further rounds would be the same. It is
    /// taken to wait when it is still there after 100 equal rounds. A loop that ends by itself after more than 3 equal rounds (it counts, or looks at
    /// the time) is not covered round by round: <see cref="StoppedBy"/> then names its line, and this is false.
    /// </remarks>
    public required bool Exhausted { get; init; }

    /// <summary>What stopped the search before everything was covered, or null.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>The schedule that failed, or null.</summary>
    public Counterexample? Counterexample { get; init; }

    /// <summary>How long it took, rewriting not included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The result as one sentence.</summary>
    public override string ToString() => Counterexample is not null ? $"failed after {Schedules} schedules: {Counterexample.Verdict}"
        : Exhausted ? $"every schedule is covered: {Schedules} schedules, {Steps} steps"
        : $"not exhausted: {Schedules} schedules, {Steps} steps, stopped by {StoppedBy ?? "the bound on preemptions"}";
}
