using ConcurrencySpecs.Signals;

namespace ConcurrencySpecs.Contracts.Signals;

/// <summary>The system's side of signals, simulated, so that programs of signals can be repeated and explored.</summary>
/// <remarks>As in the system, a thread that has seen a handler in force writes its note a little later, whatever has changed meanwhile.</remarks>
internal sealed class SimulatedSignals : ISignalPort
{
    private readonly object _gate = new();
    private readonly Queue<SignalNote> _pipe = new();
    private readonly Disposition[] _dispositions = [.. Enumerable.Repeat(Disposition.Default, Signal.Highest + 1)];
    private bool _closed;

    public string? OtherOwner(Signal signal) => null;

    public void Apply(Signal signal, Disposition disposition)
    {
        lock (_gate) _dispositions[signal.Number] = disposition;
    }

    public void Restore(Signal signal) => Apply(signal, Disposition.Default);

    public int Receive(SignalNote[] notes)
    {
        lock (_gate)
        {
            while (_pipe.Count == 0 && !_closed) Monitor.Wait(_gate);
            return _pipe.TryDequeue(out notes[0]) ? 1 : 0;
        }
    }

    public void WriteOrder() => Write(default);

    /// <summary>The sender's number is the raising thread's, so that a handler can tell whom it served.</summary>
    public void Raise(Signal signal) => Send(signal, Environment.CurrentManagedThreadId);

    public void Send(Signal signal) => Send(signal, sender: 0);

    public void PassOn(Signal signal) => Send(signal);

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Send(Signal signal, int sender)
    {
        Disposition now;
        lock (_gate) now = _dispositions[signal.Number];
        if (now == Disposition.Handle) Write(new() { Signal = signal.Number, Process = sender });
    }

    private void Write(SignalNote note)
    {
        lock (_gate)
        {
            _pipe.Enqueue(note);
            Monitor.PulseAll(_gate);
        }
    }
}
