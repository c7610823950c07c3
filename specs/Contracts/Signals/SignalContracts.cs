using System.Collections.Concurrent;
using ConcurrencySpecs.Signals;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Contracts.Signals;

/// <summary>One signal with two registrations, one in the other, and threads that raise it.</summary>
public interface ISignalDesk
{
    /// <summary>Registers one more handler; how many there are.</summary>
    int On();

    /// <summary>Disposes the newest registration; how many are left.</summary>
    int Off();

    /// <summary>Raises the signal; the number of the handler that took it, 0 when it did what is usual.</summary>
    int Raise();

    void Close();
}

/// <summary>What registrations owe: a raised signal is taken by the newest handler, once, before Raise returns; the ones below come back.</summary>
public abstract class SignalDeskContract : ConcurrentSpec<ISignalDesk, int>
{
    /// <summary>A desk opens with this many, so that a program of two calls reaches what is below.</summary>
    protected const int Most = 2;

    protected override int InitialState => Most;

    protected override IEnumerable<Operation<ISignalDesk, int>> Operations =>
    [
        Operation("On", desk => desk.On(), registered => (Math.Min(Most, registered + 1), Math.Min(Most, registered + 1))).By("owner"),
        Operation("Off", desk => desk.Off(), registered => (Math.Max(0, registered - 1), Math.Max(0, registered - 1))).By("owner"),
        Operation("Raise", desk => desk.Raise(), registered => (registered, registered)).By("raiser"),
        Operation("Raise too", desk => desk.Raise(), registered => (registered, registered)).By("another"),
    ];

    protected override Operation<ISignalDesk, int>? LastLook => Operation("close", Close, registered => (registered, true));

    private static bool Close(ISignalDesk desk)
    {
        desk.Close();
        return true;
    }
}

public sealed class SignalsContract : SignalDeskContract
{
    protected override int CallsPerThread => 3;

    protected override ISignalDesk NewSubject() => new Desk();

    private sealed class Desk : ISignalDesk
    {
        private readonly SimulatedSignals _system = new();
        private readonly Stack<IDisposable> _registered = new();
        private readonly ConcurrentDictionary<int, int> _takers = new();
        private readonly SignalHub _hub;

        public Desk()
        {
            _hub = new SignalHub(_system, failure => throw new InvalidOperationException("A handler has thrown.", failure.Exception));
            while (On() < Most) { }
        }

        public int On()
        {
            if (_registered.Count == Most) return Most;
            int number = _registered.Count + 1;
            _registered.Push(_hub.Register(Signal.Usr1, Disposition.Handle, info => _takers[info.Sender ?? 0] = number));
            return number;
        }

        public int Off()
        {
            if (_registered.TryPop(out IDisposable? newest)) newest.Dispose();
            return _registered.Count;
        }

        public int Raise()
        {
            int self = Environment.CurrentManagedThreadId;
            _takers.TryRemove(self, out _);
            _hub.Raise(Signal.Usr1);
            return _takers.TryGetValue(self, out int taker) ? taker : 0;
        }

        public void Close() => _system.Close();
    }
}
