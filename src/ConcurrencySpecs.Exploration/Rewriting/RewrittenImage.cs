namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>An assembly as the explorer loads it.</summary>
/// <param name="Image">The image.</param>
/// <param name="Symbols">Its symbols, with the lines of the original, if that had any.</param>
/// <param name="Uncontrolled">The calls that are refused when reached.</param>
internal sealed record RewrittenImage(byte[] Image, byte[]? Symbols, IReadOnlyList<UncontrolledCall> Uncontrolled);
