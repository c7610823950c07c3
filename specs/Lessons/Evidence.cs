using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Lessons;

/// <summary>The schedule that shows that a lesson is not solved, for a lesson that tells near-misses apart.</summary>
public sealed class Evidence
{
    internal Evidence(string key, Recorder? taken)
    {
        Key = key;
        Steps = taken is null ? [] : [.. taken.Steps.Where(step => IsSeen(step.Thread, step.Step.Kind))];
        Waiting = taken is null ? [] : [.. taken.Waiting.Where(waiting => waiting.Thread != 0)];
    }

    /// <summary>What was found: the key of a requirement, or deadlock, leak, livelock, endless, circling, stuck, threw.</summary>
    public string Key { get; }

    /// <summary>The steps of the threads, without the body's own.</summary>
    internal IReadOnlyList<RecordedStep> Steps { get; }

    /// <summary>What each unfinished thread wanted to do next.</summary>
    internal IReadOnlyList<WaitingStep> Waiting { get; }

    /// <summary>How many steps are calls of this member, such as "Monitor.Enter", or accesses to this field.</summary>
    public int Count(string member) => Steps.Count(step => SiteTable.Of(step.Step.Site).What == member);

    /// <summary>The same for the steps of one thread.</summary>
    public int Count(char thread, string member) => Steps.Count(step => NameOf(step.Thread) == thread && SiteTable.Of(step.Step.Site).What == member);

    /// <summary>Whether a thread took any step.</summary>
    public bool Acts(char thread) => Steps.Any(step => NameOf(step.Thread) == thread);

    /// <summary>Who took the first step.</summary>
    public char First => Steps.Count == 0 ? '?' : NameOf(Steps[0].Thread);

    /// <summary>For each access to a field, in order, whether its thread held a lock.</summary>
    public IEnumerable<bool> Locked(string member)
    {
        var holding = new Dictionary<int, int>();
        foreach (RecordedStep step in Steps)
        {
            if (step.Step.Kind == StepKind.Acquire) holding[step.Thread] = holding.GetValueOrDefault(step.Thread) + 1;
            else if (step.Step.Kind == StepKind.Release) holding[step.Thread]--;
            else if (SiteTable.Of(step.Step.Site).What == member) yield return holding.GetValueOrDefault(step.Thread) > 0;
        }
    }

    /// <summary>Whether a thread was still waiting at the end.</summary>
    /// <param name="thread">A, B …</param>
    public bool Waits(char thread) => Waiting.Any(waiting => NameOf(waiting.Thread) == thread && !waiting.Admitted);

    /// <summary>Whether a thread was kept out by another that holds what it wants.</summary>
    public bool AnyKeptOut => Waiting.Any(waiting => waiting.Holders != 0);

    /// <summary>The letter of a thread: A for the first that the body starts.</summary>
    internal static char NameOf(int thread) => (char)('A' + thread - 1);

    /// <summary>Whether a reader sees the step: not the body's, and no mere beginning or end of a thread.</summary>
    internal static bool IsSeen(int thread, StepKind kind) => thread != 0 && kind is not (StepKind.Start or StepKind.End);
}
