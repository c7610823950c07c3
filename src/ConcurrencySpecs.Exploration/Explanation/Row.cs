namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>A line of the diagram: one step, or a note on repeated ones.</summary>
internal readonly record struct Row(int Number, int Thread, string Text, string Place)
{
    /// <summary>The text for narrow columns.</summary>
    public string Brief { get; init; } = Text;

    /// <summary>The text for columns that are narrower still.</summary>
    public string Briefest { get; init; } = Text;
}
