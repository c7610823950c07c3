namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>A line of the diagram: one step, or a note on repeated ones.</summary>
internal readonly record struct Row(int Number, int Thread, string Text, string Place);
