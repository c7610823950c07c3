using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Lets another strategy decide and keeps what is needed to decide the same again.</summary>
internal sealed class Recording(Strategy inner) : Strategy
{
    private Deviation[] _deviations = new Deviation[256];
    private int _count;

    public override bool Exhausts => inner.Exhausts;

    public override bool Begin(Execution execution)
    {
        _count = 0;
        return inner.Begin(execution);
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        int chosen = inner.Choose(execution, current, candidates, enabled);
        if (chosen < 0) Broken = inner.Broken;
        if (chosen < 0 || chosen == Stay(current, candidates)) return chosen;
        if (_count == _deviations.Length) Array.Resize(ref _deviations, _count * 2);
        _deviations[_count++] = new Deviation(current, execution.Thread(current).Steps, chosen);
        return chosen;
    }

    public override void Ended(Execution execution) => inner.Ended(execution);

    public override void Stopping(Execution execution) => inner.Stopping(execution);

    public override void Undo() => inner.Undo();

    public Schedule Schedule(Execution execution) => new(_deviations[.._count], execution.Parents());
}
