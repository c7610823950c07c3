using System.Numerics;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Says who waits for what at which line, held by whom since which line, whose wake-up came too early, and the cycle.</summary>
internal sealed class WaitReport(Recorder recorder)
{
    public IReadOnlyList<string> Lines()
    {
        var lines = new List<string>();
        foreach (WaitingStep waiting in recorder.Waiting) lines.Add(Line(waiting));
        if (Cycle() is { } cycle) lines.Add("cycle: " + cycle);
        return lines;
    }

    private string Line(WaitingStep waiting)
    {
        string who = Name(waiting.Thread), place = SiteTable.Place(waiting.Step.Site);
        if (waiting.Admitted)
        {
            return waiting.Step.Stutters
                ? $"{who} repeats {StepText.Verb(waiting.Step)} at {place} and sees the same every time"
                : $"{who} would go on with {StepText.Verb(waiting.Step)} at {place}";
        }
        if (waiting.Step.On is LogicalThread) return $"{who} waits for the end of {waiting.Object}{At(place)}, which never comes";
        if (waiting.Step.On is null) return $"{who} sleeps for ever at {place}";
        return $"{who} waits for {waiting.Object}{At(place)} ({StepText.Verb(waiting.Step)}), {Why(waiting)}";
    }

    private static string At(string place) => place == "?" ? "" : $" at {place}";

    private string Why(WaitingStep waiting)
    {
        if (waiting.Holders != 0)
        {
            IEnumerable<string> holders = Ids(waiting.Holders).Select(id => Name(id) + Since(id, waiting.Step.Resource));
            return "held by " + string.Join(" and ", holders);
        }
        int begun = recorder.Steps.FindLastIndex(step => step.Thread == waiting.Thread);
        int woken = recorder.Steps.FindLastIndex(step => step.Step.Resource == waiting.Step.Resource && step.Thread != waiting.Thread
            && step.Step.Kind is StepKind.Signal or StepKind.Release or StepKind.Change && IsWakeUp(step, waiting));
        if (woken < 0) return "and nobody ever signals it";
        RecordedStep signal = recorder.Steps[woken];
        string by = $"{Name(signal.Thread)} at {SiteTable.Place(signal.Step.Site)}";
        return woken < begun
            ? $"a lost wake-up: the last signal, by {by}, came before this wait began"
            : $"and the last signal, by {by}, was used up or not enough";
    }

    private static bool IsWakeUp(RecordedStep step, WaitingStep waiting) => step.Step.Kind == StepKind.Signal || waiting.Step.Demand == 0;

    /// <summary>" since Bank.cs:14": the line of the step by which the thread took the object.</summary>
    private string Since(int thread, int resource)
    {
        RecordedStep? taken = recorder.Steps.FindLast(step => step.Thread == thread && step.Step.Resource == resource
            && step.Step.Kind is StepKind.Acquire or StepKind.TryAcquire && !step.Unchanged);
        return taken is null ? "" : " since " + SiteTable.Place(taken.Step.Site);
    }

    private string? Cycle()
    {
        foreach (WaitingStep start in recorder.Waiting)
        {
            var path = new List<WaitingStep>();
            WaitingStep? at = start;
            while (at is { Admitted: false, Holders: not 0 } && !path.Contains(at))
            {
                path.Add(at);
                int holder = BitOperations.TrailingZeroCount(at.Holders);
                at = recorder.Waiting.Find(waiting => waiting.Thread == holder);
            }
            if (at is null || !path.Contains(at)) continue;
            path.RemoveRange(0, path.IndexOf(at));
            return string.Join(" → ", path.Select(w => $"{Name(w.Thread)} → {w.Object}")) + " → " + Name(path[0].Thread);
        }
        return null;
    }

    private string Name(int thread) => recorder.Threads.TryGetValue(thread, out string? name) ? name : $"thread {thread}";

    private static IEnumerable<int> Ids(ulong mask)
    {
        for (; mask != 0; mask &= mask - 1) yield return BitOperations.TrailingZeroCount(mask);
    }
}
