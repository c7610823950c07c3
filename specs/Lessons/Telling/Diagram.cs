using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Lessons.Judging;

namespace ConcurrencySpecs.Lessons.Telling;

/// <summary>A schedule with a column for every thread and a line for every step.</summary>
internal static class Diagram
{
    public const int Width = 96;
    private const int NumberWidth = 5, Widest = 34, MostRows = 60;

    public static IEnumerable<string> Of(Evidence evidence, Words words)
    {
        List<Row> rows = Short(LoopFolding.Fold(Rows(evidence, words), words.Again), words);
        if (rows.Count == 0) yield break;
        int[] threads = [.. evidence.Steps.Select(step => step.Thread).Concat(evidence.Waiting.Select(waiting => waiting.Thread)).Distinct().Order()];
        int place = rows.Max(row => row.Place.Length);
        int column = Math.Min(Widest, (Width - NumberWidth - 2 - place) / threads.Length);
        yield return Line(words.Step, threads.Select(thread => Phrase.Thread(thread, words)), column, "");
        foreach (Row row in rows)
            yield return Line(row.Number == 0 ? "" : $"{row.Number}", threads.Select(thread => thread == row.Thread ? row.Text : ""), column, row.Place);
    }

    private static List<Row> Rows(Evidence evidence, Words words)
    {
        var rows = new List<Row>();
        foreach (RecordedStep step in evidence.Steps)
            rows.Add(new Row(rows.Count + 1, step.Thread, Phrase.Of(step, words), step.Step.Site == 0 ? "" : SiteTable.Place(step.Step.Site)));
        return rows;
    }

    private static List<Row> Short(List<Row> rows, Words words) => rows.Count <= MostRows ? rows
        : [.. rows.Take(MostRows / 2), new Row(0, rows[^1].Thread, words.LeftOut(rows.Count - MostRows), ""), .. rows.TakeLast(MostRows / 2)];

    private static string Line(string number, IEnumerable<string> cells, int column, string place) =>
        (number.PadLeft(NumberWidth) + "  " + string.Concat(cells.Select(cell => Cut(cell, column - 1).PadRight(column))) + place).TrimEnd();

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
