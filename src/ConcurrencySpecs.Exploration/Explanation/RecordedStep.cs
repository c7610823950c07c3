using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>A step as it was taken.</summary>
internal sealed record RecordedStep(int Thread, Step Step, long Clock)
{
    /// <summary>What it read, wrote or returned; null when nobody said.</summary>
    public string? Value { get; set; }

    /// <summary>The type of what stands at the location; null when that is unknown.</summary>
    public Type? At { get; init; }

    /// <summary>What stood at the location before a step that changes it.</summary>
    public string? Before { get; init; }

    /// <summary>It changed nothing, though it might have.</summary>
    public bool Unchanged { get; set; }

    /// <summary>The object it is on, in words: "lock 2".</summary>
    public string? Object { get; init; }
}
