using System.Numerics;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Writes one execution down for a reader. The same execution always gives the same words.</summary>
internal sealed class Recorder : IRecorder
{
    private readonly Dictionary<object, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private RecordedStep? _last;

    public List<RecordedStep> Steps { get; } = [];

    public List<WaitingStep> Waiting { get; } = [];

    /// <summary>Names of the threads by number.</summary>
    public SortedDictionary<int, string> Threads { get; } = [];

    public void Begin()
    {
        _names.Clear();
        _counts.Clear();
        Steps.Clear();
        Waiting.Clear();
        Threads.Clear();
        _last = null;
    }

    public void Taken(Execution execution, LogicalThread thread)
    {
        Complete();
        Threads[thread.Id] = thread.Label;
        Step step = thread.Pending;
        Type? at = thread.At ?? SiteTable.Of(step.Site).Type;
        thread.At = null;
        _last = new RecordedStep(thread.Id, step, thread.Clock)
        {
            At = at,
            Object = step.On is { } on ? NameOf(on) : null,
            Before = step.Kind == StepKind.Update ? Held(step, at) : null,
        };
        Steps.Add(_last);
    }

    public void Value(LogicalThread thread, string value)
    {
        if (_last is not null && _last.Thread == thread.Id) _last.Value = value;
    }

    public void Unchanged(LogicalThread thread)
    {
        if (_last is not null && _last.Thread == thread.Id) _last.Unchanged = true;
    }

    public void Stopping(Execution execution)
    {
        Complete();
        for (ulong left = execution.Live; left != 0; left &= left - 1)
        {
            LogicalThread thread = execution.Thread(BitOperations.TrailingZeroCount(left));
            Threads[thread.Id] = thread.Label;
            if (thread.Finished) continue;
            Step step = thread.Pending;
            bool admitted = !step.Blocks || step.On is { } asked && asked.Admits(asked.State, thread.Id, step.Demand);
            ulong holders = step.On is { } on ? on.Holders(on.State) : 0;
            Waiting.Add(new WaitingStep(thread.Id, step, step.On is { } named ? NameOf(named) : null, holders & ~thread.Bit, admitted));
        }
    }

    /// <summary>The last step has been carried out: its location now holds what it read or wrote.</summary>
    public void Complete()
    {
        if (_last is not { } step) return;
        string? held = Held(step.Step, step.At);
        step.Value = step.Unchanged || step.Before is null || held is null || held == step.Before ? held ?? step.Value : $"{step.Before} → {held}";
    }

    private string? Held(in Step step, Type? type) =>
        step.On is null && step.Resource != 0 && type is not null ? MemoryText.At((nint)step.Demand, type, NameOf) : null;

    private string NameOf(object thing)
    {
        if (thing is LogicalThread thread) return thread.Label;
        if (_names.TryGetValue(thing, out string? name)) return name;
        string noun = thing is SyncObject on ? on.Noun : thing.GetType().Name;
        int number = _counts[noun] = _counts.GetValueOrDefault(noun) + 1;
        return _names[thing] = $"{noun} {number}";
    }
}
