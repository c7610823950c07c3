using System.Numerics;
using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Lessons.Judging;

namespace ConcurrencySpecs.Lessons.Telling;

/// <summary>Who waits for what, who keeps it, and the cycle.</summary>
internal sealed class Waits(Evidence evidence, Words words)
{
    public IEnumerable<string> Lines() => evidence.Waiting.Select(waiting => !waiting.Admitted
        ? $"{Line(waiting)}, {Reason(waiting)}"
        : words.Repeats(Phrase.Thread(waiting.Thread, words), SiteTable.Place(waiting.Step.Site)));

    /// <summary>"A → lock 2 → B → lock 1 → A", or null when nobody waits in a circle.</summary>
    public string? Cycle()
    {
        var path = new List<WaitingStep>();
        WaitingStep? at = evidence.Waiting.FirstOrDefault(waiting => waiting.Holders != 0);
        while (at is { Admitted: false, Holders: not 0 } && !path.Contains(at))
        {
            path.Add(at);
            int holder = BitOperations.TrailingZeroCount(at.Holders);
            at = evidence.Waiting.FirstOrDefault(waiting => waiting.Thread == holder);
        }
        if (at is null || !path.Contains(at)) return null;
        path.RemoveRange(0, path.IndexOf(at));
        return string.Concat(path.Select(wait => $"{Evidence.NameOf(wait.Thread)} → {Phrase.Object(wait.Object, words)} → ")) + Evidence.NameOf(path[0].Thread);
    }

    private string Line(WaitingStep waiting) =>
        words.WaitsFor(Phrase.Thread(waiting.Thread, words), Phrase.Object(waiting.Object, words), SiteTable.Place(waiting.Step.Site));

    private string Reason(WaitingStep waiting)
    {
        int resource = waiting.Step.Resource;
        if (waiting.Holders != 0)
        {
            int holder = BitOperations.TrailingZeroCount(waiting.Holders);
            RecordedStep? since = evidence.Steps.LastOrDefault(step => step.Thread == holder && step.Step.Resource == resource && !step.Unchanged
                && step.Step.Kind is StepKind.Acquire or StepKind.TryAcquire or StepKind.Wake);
            bool ended = evidence.Waiting.All(other => other.Thread != holder);
            return words.HeldBy(Phrase.Thread(holder, words), since is null ? "?" : SiteTable.Place(since.Step.Site), ended);
        }
        RecordedStep[] own = [.. evidence.Steps.Where(step => step.Thread == waiting.Thread)];
        RecordedStep? signal = evidence.Steps.LastOrDefault(step =>
            step.Step.Resource == resource && step.Thread != waiting.Thread && Wakes(step, waiting));
        if (signal is null) return words.NeverSignalled;
        if (waiting.Step.On is not { Noun: "Monitor" }) return words.NoneLeft;
        string by = Phrase.Thread(signal.Thread, words), place = SiteTable.Place(signal.Step.Site);
        bool tooEarly = own.Length == 0 || Position(signal) < Position(own[^1]);
        return tooEarly ? words.TooEarly(by, place) : words.UsedUp(by, place);
    }

    private int Position(RecordedStep step)
    {
        for (int i = 0; i < evidence.Steps.Count; i++)
            if (ReferenceEquals(evidence.Steps[i], step)) return i;
        return -1;
    }

    private static bool Wakes(RecordedStep step, WaitingStep waiting) =>
        step.Step.Kind == StepKind.Signal || (waiting.Step.Demand == 0 && step.Step.Kind is StepKind.Release or StepKind.Change);
}
