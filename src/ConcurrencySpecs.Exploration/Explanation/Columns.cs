using System.Text;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Draws rows with a column for every thread, never wider than <see cref="Width"/>.</summary>
internal static class Columns
{
    public const int Width = 100;
    private const int Narrowest = 18, Widest = 34, LongestPlace = 24;

    public static string Draw(IReadOnlyList<Row> rows, IReadOnlyDictionary<int, string> threads)
    {
        if (rows.Count == 0) return "";
        int number = rows.Max(row => row.Number).ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        int place = Math.Min(LongestPlace, rows.Max(row => row.Place.Length));
        int[] shown = [.. threads.Keys.Where(id => rows.Any(row => row.Thread == id))];
        int room = Width - number - 2 - place - 1;
        int column = Math.Min(Widest, room / shown.Length);
        return column < Narrowest ? List(rows, threads, number, place) : Diagram(rows, threads, shown, number, place, column);
    }

    private static string Diagram(IReadOnlyList<Row> rows, IReadOnlyDictionary<int, string> threads, int[] shown, int number, int place, int column)
    {
        var text = new StringBuilder();
        text.Append(' ', number + 2);
        foreach (int id in shown) text.Append(Cut(threads[id], column - 2).PadRight(column));
        End(text);
        foreach (Row row in rows)
        {
            text.Append(Numbered(row, number)).Append("  ");
            foreach (int id in shown) text.Append((id == row.Thread ? Fitted(row, column - 1) : "").PadRight(column));
            text.Append(' ').Append(CutLeft(row.Place, place));
            End(text);
        }
        return text.ToString();
    }

    /// <summary>Too many threads for columns: the thread's name stands in front.</summary>
    private static string List(IReadOnlyList<Row> rows, IReadOnlyDictionary<int, string> threads, int number, int place)
    {
        int name = Math.Min(16, threads.Values.Max(label => label.Length));
        int room = Width - number - 2 - name - 2 - place - 1;
        var text = new StringBuilder();
        foreach (Row row in rows)
        {
            text.Append(Numbered(row, number)).Append("  ").Append(Cut(threads[row.Thread], name).PadRight(name)).Append("  ");
            text.Append(Fitted(row, room).PadRight(room)).Append(' ').Append(CutLeft(row.Place, place));
            End(text);
        }
        return text.ToString();
    }

    private static string Numbered(Row row, int width) =>
        (row.Number == 0 ? "" : row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)).PadLeft(width);

    private static string Fitted(Row row, int length) =>
        row.Text.Length <= length ? row.Text : row.Brief.Length <= length ? row.Brief : Cut(row.Briefest, length);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private static string CutLeft(string text, int length) => text.Length <= length ? text : "…" + text[^(length - 1)..];

    private static void End(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        text.Append('\n');
    }
}
