namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>The portable backend: works on every system, wherever the threads run.</summary>
internal sealed class MonitorBackend : Backend
{
    public override string Name => "monitor";

    public override IGate NewGate() => new MonitorGate();
}
