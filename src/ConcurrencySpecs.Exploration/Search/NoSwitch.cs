using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>One execution: every thread runs until it waits.</summary>
internal sealed class NoSwitch : Strategy
{
    private bool _begun;

    public override bool Begin(Execution execution) => !_begun && (_begun = true);

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled) => Stay(current, candidates);

    public override void Undo() => _begun = false;
}
