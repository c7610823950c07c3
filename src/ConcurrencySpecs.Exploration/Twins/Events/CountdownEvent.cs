using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.CountdownEvent;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.CountdownEvent"/>: waits as a step until the real one has counted down.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public class CountdownEvent : SlimGate, IDisposable
{
    private readonly Real _real;
    private bool _disposed;

    public CountdownEvent(int initialCount) => _real = new(initialCount);

    private protected override long Opening => _real.IsSet ? 1 : 0;
    internal override string Noun => "CountdownEvent";

    public WaitHandle WaitHandle => HandleOver(() => _real.WaitHandle);
    public int CurrentCount => Look().CurrentCount;
    public int InitialCount => Look().InitialCount;
    public bool IsSet => Look().IsSet;
    public bool Signal() => Changed(Change(StepKind.Signal).Signal());
    public bool Signal(int signalCount) => Changed(Change(StepKind.Signal).Signal(signalCount));
    public void AddCount() => Change().AddCount();
    public void AddCount(int signalCount) => Change().AddCount(signalCount);
    public bool TryAddCount() => Change().TryAddCount();
    public bool TryAddCount(int signalCount) => Change().TryAddCount(signalCount);
    public void Reset() => Reset(_real.InitialCount);

    public void Reset(int count)
    {
        Change(StepKind.Reset).Reset(count);
        Changed();
    }

    public void Wait() => Wait(Timeout.Infinite, CancellationToken.None);
    public void Wait(CancellationToken cancellationToken) => Wait(Timeout.Infinite, cancellationToken);
    public bool Wait(TimeSpan timeout) => Wait(Timeouts.Milliseconds(timeout), CancellationToken.None);
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken) => Wait(Timeouts.Milliseconds(timeout), cancellationToken);
    public bool Wait(int millisecondsTimeout) => Wait(millisecondsTimeout, CancellationToken.None);

    public bool Wait(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring) return _real.Wait(millisecondsTimeout, cancellationToken);
        Timeouts.Check(millisecondsTimeout);
        if (_disposed) _real.Wait(0, cancellationToken);        // throws what the real one throws
        using Cancellable wait = Await(StepKind.Wait, millisecondsTimeout, cancellationToken);
        return _real.IsSet || wait.ThrowIfCalledAway();
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Change();
        _disposed = true;
        DisposeHandle();
        _real.Dispose();
    }

    private Real Look() { Steps.Look(this); return _real; }
    private Real Change(StepKind kind = StepKind.Change) { Steps.Change(this, kind); return _real; }
}
