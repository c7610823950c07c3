namespace ConcurrencySpecs.Lessons.Judging;

/// <summary>Why a lesson is not solved.</summary>
/// <param name="Key">The section of the lesson's text that explains it.</param>
/// <param name="Evidence">The schedule that shows it.</param>
internal sealed record Finding(string Key, Evidence Evidence)
{
    /// <summary>The schedule as one word, empty where there is none to take again.</summary>
    public string Word { get; init; } = "";

    /// <summary>At which schedule of the search it was found; 0 when it was not searched for.</summary>
    public long FoundAt { get; init; }

    /// <summary>What the section is filled in with.</summary>
    public IReadOnlyList<object> Arguments { get; init; } = [];

    /// <summary>Whether the learner chose the steps, so that it is worth saying what each thread would do next.</summary>
    public bool ByHand { get; init; }
}
