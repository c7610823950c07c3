using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.SemaphoreSlim;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.SemaphoreSlim"/>: waits as a step until the real one has a unit, then takes it there.</summary>
/// <remarks>Which waiter gets a unit is a choice, whether it waits in a thread or in a task: the real type promises no order.</remarks>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public class SemaphoreSlim : SlimGate, IDisposable
{
    private readonly Real _real;
    private bool _disposed;     // the real one says so only when asked for something; a thread that waits would never ask

    public SemaphoreSlim(int initialCount) => _real = new(initialCount);
    public SemaphoreSlim(int initialCount, int maxCount) => _real = new(initialCount, maxCount);

    private protected override long Opening => _real.CurrentCount;
    internal override string Noun => "SemaphoreSlim";

    public WaitHandle AvailableWaitHandle => HandleOver(() => _real.AvailableWaitHandle);

    public int CurrentCount
    {
        get
        {
            Steps.Look(this);
            return _real.CurrentCount;
        }
    }

    public void Wait() => Wait(Timeout.Infinite, CancellationToken.None);
    public void Wait(CancellationToken cancellationToken) => Wait(Timeout.Infinite, cancellationToken);
    public bool Wait(TimeSpan timeout) => Wait(Timeouts.Milliseconds(timeout), CancellationToken.None);
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken) => Wait(Timeouts.Milliseconds(timeout), cancellationToken);

    public bool Wait(int millisecondsTimeout)
    {
        if (millisecondsTimeout >= Timeout.Infinite) return Wait(millisecondsTimeout, CancellationToken.None);
        Steps.Change(this);
        return Changed(_real.Wait(millisecondsTimeout));                 // misuse that the real one overlooks while a unit is free
    }

    public bool Wait(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring) return _real.Wait(millisecondsTimeout, cancellationToken);
        Timeouts.Check(millisecondsTimeout);
        ThrowIfDisposed();
        using Cancellable wait = Await(StepKind.Acquire, millisecondsTimeout, cancellationToken);
        return Changed(_real.Wait(0, CancellationToken.None)) || wait.ThrowIfCalledAway();
    }

    public Task WaitAsync() => WaitAsync(Timeout.Infinite, CancellationToken.None);
    public Task WaitAsync(CancellationToken cancellationToken) => WaitAsync(Timeout.Infinite, cancellationToken);
    public Task<bool> WaitAsync(int millisecondsTimeout) => WaitAsync(millisecondsTimeout, CancellationToken.None);
    public Task<bool> WaitAsync(TimeSpan timeout) => WaitAsync(Timeouts.Milliseconds(timeout), CancellationToken.None);
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => WaitAsync(Timeouts.Milliseconds(timeout), cancellationToken);

    public Task<bool> WaitAsync(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring) return _real.WaitAsync(millisecondsTimeout, cancellationToken);
        Timeouts.Check(millisecondsTimeout);
        ThrowIfDisposed();
        if (cancellationToken.CanBeCanceled)
        {
            Steps.Look(SourceState.Of(cancellationToken));
            if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<bool>(cancellationToken);
        }
        Steps.Change(this, StepKind.TryAcquire);
        if (Changed(_real.Wait(0, CancellationToken.None))) return Task.FromResult(true);
        if (millisecondsTimeout == 0) return Task.FromResult(false);
        return Promises.Waiter(() => Wait(millisecondsTimeout, cancellationToken));
    }

    public int Release() => Release(1);

    public int Release(int releaseCount)
    {
        Steps.Change(this, StepKind.Release);
        return Changed(_real.Release(releaseCount));
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

    private void ThrowIfDisposed()
    {
        if (_disposed) _real.Release();
    }
}
