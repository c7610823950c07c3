using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search.Figures;

/// <summary>The exhaustive search, begun again whenever it is through: small programs can then be measured for as long as large ones.</summary>
internal sealed class Repeated : Strategy
{
    private Dpor _search = new();

    public override bool WantsNames => true;

    public override bool Begin(Execution execution)
    {
        if (_search.Begin(execution)) return true;
        _search = new Dpor();
        return _search.Begin(execution);
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        int chosen = _search.Choose(execution, current, candidates, enabled);
        Broken = _search.Broken;
        return chosen;
    }

    public override void Stopping(Execution execution) => _search.Stopping(execution);

    public override void Ended(Execution execution) => _search.Ended(execution);

    public override void Undo() => _search.Undo();
}
