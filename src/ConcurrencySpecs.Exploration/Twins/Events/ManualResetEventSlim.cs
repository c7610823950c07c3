using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.ManualResetEventSlim;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.ManualResetEventSlim"/>: waits as a step until the real one is set.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public class ManualResetEventSlim : SlimGate, IDisposable
{
    private readonly Real _real;
    private bool _disposed;     // the real one says so only when asked for something; a thread that waits would never ask

    public ManualResetEventSlim() => _real = new();
    public ManualResetEventSlim(bool initialState) => _real = new(initialState);
    public ManualResetEventSlim(bool initialState, int spinCount) => _real = new(initialState, spinCount);

    private protected override long Opening => _real.IsSet ? 1 : 0;
    internal override string Noun => "ManualResetEventSlim";

    public WaitHandle WaitHandle => HandleOver(() => _real.WaitHandle);
    public int SpinCount => _real.SpinCount;

    public bool IsSet
    {
        get
        {
            Steps.Look(this);
            return _real.IsSet;
        }
    }

    public void Set()
    {
        Steps.Change(this, StepKind.Signal);
        _real.Set();
        Changed();
    }

    public void Reset()
    {
        Steps.Change(this, StepKind.Reset);
        _real.Reset();
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
        if (_disposed) _real.Reset();                           // throws what the real one throws
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
        Steps.Change(this);
        _disposed = true;
        DisposeHandle();
        _real.Dispose();
    }
}
