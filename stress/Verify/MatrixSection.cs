namespace ConcurrencySpecs.Stress.Verify;

/// <summary>The part of a README between <c>&lt;!-- matrix --&gt;</c> and <c>&lt;!-- /matrix --&gt;</c>, which is generated.</summary>
internal static class MatrixSection
{
    public const string Begin = "<!-- matrix -->";
    public const string End = "<!-- /matrix -->";

    /// <summary>The matrix in <paramref name="text"/>; null when it has no such section.</summary>
    public static string? In(string text) => Bounds(text) is var (from, to) ? text[from..to].ReplaceLineEndings("\n").Trim('\n') + "\n" : null;

    /// <summary><paramref name="text"/> with <paramref name="matrix"/> in its section; the matrix alone when it has none.</summary>
    public static string Put(string text, string matrix) => Bounds(text) is var (from, to) ? $"{text[..from]}\n{matrix}{text[to..]}" : matrix;

    private static (int From, int To)? Bounds(string text)
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0 ? null : (begin + Begin.Length, end);
    }
}
