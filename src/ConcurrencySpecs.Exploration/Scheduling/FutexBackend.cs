namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>All carriers on one core, turns passed by futex.</summary>
internal sealed class FutexBackend : Backend
{
    private CoreClaim? _core;

    public override string Name => _core is null ? "futex" : $"futex, core {_core.Core}";

    public override IGate NewGate() => new FutexGate();

    public override void Open() => _core = CoreClaim.TryTake();

    public override void Settle() => _core?.Pin();

    public override void Close()
    {
        _core?.Dispose();
        _core = null;
    }
}
