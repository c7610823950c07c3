using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>What an event between processes owes: who waits at one that is set goes on, and nobody waits for ever at it.</summary>
public class ProcessEventContract : ConcurrentSpec<SharedGate, bool>
{
    protected override SharedGate NewSubject() => new();

    protected override bool InitialState => false;

    protected override IEnumerable<Operation<SharedGate, bool>> Operations =>
    [
        Operation("Set", gate => Set(gate), _ => (true, true)),
        Operation("Reset", gate => Reset(gate), _ => (false, true)),
        Operation("IsSet", gate => gate.IsSet, isSet => (isSet, isSet)),
        Operation("Wait", (gate, cancel) => Wait(gate, cancel), isSet => isSet ? (isSet, true) : Step.Waits),
    ];

    private static bool Set(SharedGate gate)
    {
        gate.Set();
        return true;
    }

    private static bool Reset(SharedGate gate)
    {
        gate.Reset();
        return true;
    }

    private static bool Wait(SharedGate gate, CancellationToken cancel)
    {
        gate.Wait(cancel);
        return true;
    }
}
