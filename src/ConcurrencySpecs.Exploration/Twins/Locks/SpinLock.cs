using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.SpinLock;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.SpinLock"/>: waits as a step instead of spinning, so that a deadlock is seen as one.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public struct SpinLock
{
    private Real _real;
    private OwnedLock? _lock;
    private readonly bool _untracked;

    public SpinLock(bool enableThreadOwnerTracking)
    {
        _real = new Real(enableThreadOwnerTracking);
        _untracked = !enableThreadOwnerTracking;
    }

    public readonly bool IsThreadOwnerTrackingEnabled => !_untracked;

    public bool IsHeld
    {
        get
        {
            if (!Steps.Exploring) return _real.IsHeld;
            Steps.Look(Lock);
            return Lock.IsHeld;
        }
    }

    public bool IsHeldByCurrentThread
    {
        get
        {
            if (!Steps.Exploring) return _real.IsHeldByCurrentThread;
            return _untracked ? throw new InvalidOperationException("Thread tracking is disabled.") : Lock.IsMine;
        }
    }

    private OwnedLock Lock => _lock ??= new OwnedLock("SpinLock");

    public void Enter(ref bool lockTaken)
    {
        if (Steps.Exploring) Take(Timeout.Infinite, ref lockTaken);
        else _real.Enter(ref lockTaken);
    }

    public void TryEnter(ref bool lockTaken)
    {
        if (Steps.Exploring) Take(0, ref lockTaken);
        else _real.TryEnter(ref lockTaken);
    }

    public void TryEnter(TimeSpan timeout, ref bool lockTaken) => TryEnter(Timeouts.Milliseconds(timeout), ref lockTaken);

    public void TryEnter(int millisecondsTimeout, ref bool lockTaken)
    {
        if (Steps.Exploring) Take(Timeouts.Check(millisecondsTimeout), ref lockTaken);
        else _real.TryEnter(millisecondsTimeout, ref lockTaken);
    }

    public void Exit() => Exit(useMemoryBarrier: true);

    public void Exit(bool useMemoryBarrier)
    {
        if (!Steps.Exploring) _real.Exit(useMemoryBarrier);
        else if (_untracked) Lock.Release();
        else Lock.Exit();
    }

    private void Take(int milliseconds, ref bool taken)
    {
        if (taken)
        {
            taken = false;
            throw new ArgumentException("The tookLock argument must be set to false before calling this method.");
        }
        if (!_untracked && Lock.IsMine) throw new LockRecursionException("The calling thread already holds the lock.");
        taken = Lock.TryTake(milliseconds);
    }
}
