namespace ConcurrencySpecs.Stress.Verify;

/// <summary>What is asked of a run.</summary>
/// <param name="Seed">All randomness comes from it.</param>
internal sealed record VerifyOptions(ulong Seed)
{
    public static TimeSpan DefaultBudget { get; } = TimeSpan.FromSeconds(105);

    /// <summary>The time for everything together.</summary>
    public TimeSpan Budget { get; init; } = DefaultBudget;

    /// <summary>Topics, implementations and twins to which the run is limited; all when empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Engines to which the run is limited; all when empty.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>One program and schedule to run instead of many, for engines that control schedules.</summary>
    public string? Schedule { get; init; }
}
