using System.Text;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Simplifies a failing schedule, takes it once more with every step written down, and tells it.</summary>
/// <remarks>Promise — the same body and schedule give the same bytes: no addresses, hash codes or times in the text.</remarks>
internal sealed class Explainer(Explorer explorer, Action body, SearchBounds? bounds = null)
{
    private const int MostRows = 400;
    private readonly SearchBounds _bounds = (bounds ?? new SearchBounds()) with { Schedules = 1, Time = TimeSpan.MaxValue };

    /// <summary>Explains the failure of a search; the verdict alone where the schedule cannot be taken again.</summary>
    public Explained Explain(SearchResult failed)
    {
        Verdict verdict = failed.Failure ?? throw new ArgumentException("There is no failure to explain.", nameof(failed));
        if (failed.Schedule is null || verdict.Outcome == Outcome.Stuck)
            return new Explained(verdict, failed.Schedule ?? new Schedule([], [-1]), "", verdict.Message + "\n", null);
        Schedule simple = new Minimiser(explorer, body, _bounds).Minimise(failed.Schedule, verdict.Signature);
        return Tell(simple, verdict);
    }

    /// <summary>Takes the schedule of a replay word and tells it, whether it fails or not.</summary>
    /// <exception cref="FormatException">The word is damaged.</exception>
    /// <exception cref="InvalidOperationException">The word belongs to another body, or to another version of it.</exception>
    public Explained Replay(string word)
    {
        (Schedule schedule, uint fingerprint) = ReplayString.Read(word);
        Explained told = Tell(schedule, null);
        if (ReplayString.Read(told.Replay).Fingerprint == fingerprint) return told;
        throw new InvalidOperationException(
            $"\"{word}\" does not fit this body: it takes other steps than when the word was printed. It belongs to another body, "
            + "or the code has changed since; explore again.");
    }

    private Explained Tell(Schedule schedule, Verdict? expected)
    {
        var recorder = new Recorder();
        var replaying = new Replaying(schedule);
        explorer.Execution.Recorder = recorder;
        SearchResult result;
        try
        {
            result = explorer.Run(body, replaying, _bounds);
        }
        finally
        {
            explorer.Execution.Recorder = null;
        }
        Verdict verdict = result.Failure ?? new Verdict(Outcome.Passed, expected is null
            ? "This schedule passes."
            : $"Not reproducible: the same schedule failed before ({expected.Message}) and passes now. The body depends on something else than the schedule.");
        string word = ReplayString.Write(schedule, replaying.Fingerprint);
        return new Explained(verdict, schedule, word, Text(verdict, recorder, word), recorder);
    }

    private static string Text(Verdict verdict, Recorder recorder, string word)
    {
        var text = new StringBuilder();
        text.Append(verdict.Message.ReplaceLineEndings(" ")).Append('\n');
        if (verdict.Outcome is Outcome.Deadlock or Outcome.Leak or Outcome.Livelock)
            foreach (string line in new WaitReport(recorder).Lines()) Wrap(text, line);
        text.Append('\n').Append(Columns.Draw(Rows(recorder), recorder.Threads));
        return text.Append("\nreplay: ").Append(word).Append('\n').ToString();
    }

    private static List<Row> Rows(Recorder recorder)
    {
        var rows = new List<Row>();
        int number = 0;
        foreach (RecordedStep step in recorder.Steps)
        {
            number++;
            if (step.Step.Kind is StepKind.Start or StepKind.End) continue;
            string place = step.Step.Site == 0 ? "" : SiteTable.Place(step.Step.Site);
            rows.Add(new Row(number, step.Thread, StepText.Of(step), place) { Brief = StepText.Brief(step), Briefest = StepText.Briefest(step) });
        }
        List<Row> folded = LoopFolding.Fold(rows);
        if (folded.Count <= MostRows) return folded;
        int left = folded.Count - MostRows;
        return [.. folded.Take(MostRows / 2), new Row(0, folded[MostRows / 2].Thread, $"… {left} lines left out", ""), .. folded.TakeLast(MostRows / 2)];
    }

    private static void Wrap(StringBuilder text, string line)
    {
        string indent = "  ";
        while (line.Length > Columns.Width - indent.Length)
        {
            int cut = line.LastIndexOf(' ', Columns.Width - indent.Length);
            if (cut <= 0) break;
            text.Append(indent).Append(line, 0, cut).Append('\n');
            line = line[(cut + 1)..];
            indent = "    ";
        }
        text.Append(indent).Append(line).Append('\n');
    }
}
