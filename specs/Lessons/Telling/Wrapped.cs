namespace ConcurrencySpecs.Lessons.Telling;

/// <summary>Text broken between words.</summary>
internal static class Wrapped
{
    public static IEnumerable<string> Lines(string text, int width)
    {
        while (text.Length > width)
        {
            int cut = text.LastIndexOf(' ', width);
            if (cut <= 0) cut = text.IndexOf(' ', StringComparison.Ordinal);      // a word that is too long has a line of its own
            if (cut < 0) break;
            yield return text[..cut];
            text = text[(cut + 1)..];
        }
        yield return text;
    }
}
