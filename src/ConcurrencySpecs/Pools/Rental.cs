namespace ConcurrencySpecs.Pools;

/// <summary>The line that rented an object from a checked pool.</summary>
/// <param name="File">The source file, as the compiler knew it.</param>
/// <param name="Line">The line in it.</param>
public sealed record Rental(string File, int Line)
{
    /// <summary>The place as tools make a link of it: <c>file:line</c>.</summary>
    public override string ToString() => $"{File}:{Line}";
}
