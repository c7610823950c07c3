using System.Globalization;
using System.Text;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Lessons.Judging;

namespace ConcurrencySpecs.Lessons.Telling;

/// <summary>What an unsolved lesson says: the story, what happened, the schedule, why, and where to go from there.</summary>
/// <remarks>Promise — the same finding gives the same bytes; no line is longer than <see cref="Diagram.Width"/> unless a word is.</remarks>
internal static class Teaching
{
    private const int Label = 10;

    /// <summary>"Lesson 3 of 12".</summary>
    public static string Number(LessonFiles files, Words words) => words.Lesson(files.Number, Course.Here.Lessons.Count);

    /// <summary>"Lesson 3 of 12 · Check then act".</summary>
    public static string Heading(LessonFiles files, Words words) => $"{Number(files, words)} · {files.Text(words.Language).Title}";

    public static string Of(Finding found, LessonFiles files, Words words, int hints)
    {
        LessonText text = files.Text(words.Language);
        var page = new StringBuilder();
        if (Course.Here.Lessons.LastOrDefault(lesson => lesson.Number < files.Number) is { } before)
            Prose(page, Afterword.Of(before, words).Split('\n')).Append('\n');
        Prose(page, [Heading(files, words)]).Append('\n');
        Prose(page, [string.Join(' ', text.Story)]).Append('\n');
        page.Append(Shown(found, text, words));
        Labelled(page, words.Task, [files.Relative(files.Learner), .. text.Task]);
        for (int hint = 0; hint < Math.Min(hints, text.Hints.Count); hint++) Labelled(page, $"{words.Hint} {hint + 1}", [text.Hints[hint]]);
        if (found.Word.Length > 0) Labelled(page, words.Replay, [$"CONCURRENCYSPECS_SCHEDULE={found.Word} dotnet test"]);
        Labelled(page, words.ByHand, [$"{Settings.Steered}='?' dotnet test"]);
        if (hints < text.Hints.Count) Labelled(page, words.Hint, [$"{Settings.Hints}={hints + 1} dotnet test"]);
        if (files.Number == Course.Here.Lessons[^1].Number) Labelled(page, words.InTheEnd, ["dotnet test --output Detailed"]);     // no next one tells it
        return page.ToString();
    }

    /// <summary>What happened, step by step, and why.</summary>
    public static string Shown(Finding found, LessonText text, Words words)
    {
        var page = new StringBuilder();
        (string what, IReadOnlyList<string> why) = text.Finding(found.Key) ?? (words.Finding(found.Key), []);
        Prose(page, $"{Fill(what, found.Arguments)} {When(found, words)}".Split('\n')).Append('\n');
        foreach (string line in Diagram.Of(found.Evidence, words)) Line(page, line);
        if (found.Evidence.Steps.Count > 0) page.Append('\n');
        Waiting(page, found, words);
        Labelled(page, words.Why, why.Select(line => Fill(line, found.Arguments)));
        return page.ToString();
    }

    private static string When(Finding found, Words words) =>
        found.FoundAt > 0 ? words.FoundAt(found.FoundAt) : found.Word.Length > 0 ? words.Replayed : "";

    private static void Waiting(StringBuilder page, Finding found, Words words)
    {
        if (found.Evidence.Key is "deadlock" or "leak" or "livelock")
        {
            var waits = new Waits(found.Evidence, words);
            Labelled(page, words.Waits, waits.Lines());
            if (waits.Cycle() is { } cycle) Labelled(page, words.Cycle, [cycle]);
        }
        else if (found.ByHand)
            Labelled(page, words.Would, found.Evidence.Waiting.Select(waiting => waiting.Admitted
                ? words.WouldGoOn(Phrase.Thread(waiting.Thread, words), Phrase.Of(waiting, words))
                : words.WaitsFor(Phrase.Thread(waiting.Thread, words), Phrase.Object(waiting.Object, words),
                    SiteTable.Place(waiting.Step.Site))));
    }

    /// <summary>A label, and lines beside it.</summary>
    private static void Labelled(StringBuilder page, string label, IEnumerable<string> lines)
    {
        foreach (string line in lines.SelectMany(line => Wrapped.Lines(line, Diagram.Width - Label)))
        {
            Line(page, label.PadRight(Label) + line);
            label = "";
        }
    }

    private static StringBuilder Prose(StringBuilder page, IEnumerable<string> lines)
    {
        foreach (string line in lines.SelectMany(line => Wrapped.Lines(line.TrimEnd(), Diagram.Width))) Line(page, line);
        return page;
    }

    private static StringBuilder Line(StringBuilder page, string line) => page.Append(line.TrimEnd()).Append('\n');

    private static string Fill(string text, IReadOnlyList<object> arguments) => string.Format(CultureInfo.InvariantCulture, text, [.. arguments]);
}
