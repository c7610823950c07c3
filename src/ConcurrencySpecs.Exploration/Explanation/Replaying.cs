using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Takes one schedule again: the default, except where the schedule deviates from it.</summary>
internal sealed class Replaying(Schedule schedule) : Strategy
{
    private readonly Dictionary<(int, int), int> _targets = schedule.Deviations.ToDictionary(d => (d.Thread, d.Step), d => d.Target);
    private readonly Queue<int>?[] _drawn = new Queue<int>?[Execution.MaxThreads];
    private bool _begun;

    /// <summary>Deviations that the last execution could take. All of them, if the schedule fits the program.</summary>
    public int Taken { get; private set; }

    /// <summary>A summary of what was done, step by step.</summary>
    public uint Fingerprint { get; private set; }

    public bool Fits => Taken == schedule.Deviations.Count;

    public override bool ChoosesNumbers => schedule.Draws.Count > 0;

    public override bool Begin(Execution execution)
    {
        if (_begun) return false;
        _begun = true;
        (Taken, Fingerprint) = (0, 2166136261);
        execution.Renumber(schedule.Parents);
        Array.Clear(_drawn);
        foreach (Draw draw in schedule.Draws) (_drawn[draw.Thread] ??= new()).Enqueue(draw.Value);
        return true;
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        int chosen = Stay(current, candidates);
        if (_targets.TryGetValue((current, execution.Thread(current).Steps), out int target) && (enabled >> target & 1) != 0)
        {
            chosen = target;
            Taken++;
        }
        Fingerprint = (Fingerprint ^ (uint)(chosen << 8) ^ (uint)execution.Pending(chosen).Kind) * 16777619;
        return chosen;
    }

    /// <summary>What the thread drew then; the lowest number once it draws more than it did, as it may while a schedule is simplified.</summary>
    public override int Draw(Execution execution, int ways) =>
        _drawn[execution.Running.Id] is { Count: > 0 } drawn ? drawn.Dequeue() % ways : 0;

    public override void Undo() => _begun = false;
}
