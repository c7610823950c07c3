using ConcurrencySpecs.Signals;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Contracts.Signals;

/// <summary>Events that are told by signals and counted by their handler.</summary>
public interface IEventCount
{
    void Happen();

    /// <summary>How many have happened since it was asked last.</summary>
    int Take();

    void Close();
}

/// <summary>What counting owes: as many as have happened.</summary>
public abstract class EventCountContract : ConcurrentSpec<IEventCount, int>
{
    protected override int InitialState => 0;

    protected override int CallsPerThread => 3;

    protected override IEnumerable<Operation<IEventCount, int>> Operations =>
    [
        Operation("Happen", Happen, events => (events + 1, true)),
        Operation("Take", events => events.Take(), events => (0, events)),
    ];

    protected override Operation<IEventCount, int>? LastLook => Operation("take the rest", TakeAll, events => (0, events));

    private static bool Happen(IEventCount events)
    {
        events.Happen();
        return true;
    }

    private static int TakeAll(IEventCount events)
    {
        int left = events.Take();
        events.Close();
        return left;
    }
}

public sealed class RealtimeSignalsContract : EventCountContract
{
    public override string Name => "Signals (realtime, counted)";

    protected override IEventCount NewSubject() => new Counted();

    private sealed class Counted : IEventCount
    {
        private readonly SimulatedSignals _system = new();
        private readonly SignalHub _hub;
        private int _events;

        public Counted()
        {
            _hub = new SignalHub(_system, failure => throw new InvalidOperationException("A handler has thrown.", failure.Exception));
            _hub.Register(Signal.Realtime(1), Disposition.Handle, _ => Interlocked.Increment(ref _events));
        }

        public void Happen() => _hub.Raise(Signal.Realtime(1));

        public int Take() => Interlocked.Exchange(ref _events, 0);

        public void Close() => _system.Close();
    }
}
