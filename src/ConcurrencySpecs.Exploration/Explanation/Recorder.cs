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
        _last = new RecordedStep(thread.Id, thread.Pending, thread.Clock) { Object = thread.Pending.On is { } on ? NameOf(on) : null };
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
        if (_last is not { } step || step.Value is not null || step.Step.On is not null || step.Step.Resource == 0) return;
        if (SiteTable.Of(step.Step.Site).Type is { } type) step.Value = MemoryText.At((nint)step.Step.Demand, type, NameOf);
    }

    private string NameOf(object thing)
    {
        if (thing is LogicalThread thread) return thread.Label;
        if (_names.TryGetValue(thing, out string? name)) return name;
        string noun = thing is SyncObject on ? on.Noun : thing.GetType().Name;
        int number = _counts[noun] = _counts.GetValueOrDefault(noun) + 1;
        return _names[thing] = $"{noun} {number}";
    }
}
