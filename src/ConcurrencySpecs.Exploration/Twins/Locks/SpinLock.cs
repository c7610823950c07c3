using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.SpinLock;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.SpinLock"/>: a word of memory that threads spin on, so that it can be copied like the real one.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public struct SpinLock
{
    // I1  _owner is 0 while free, else the owner's number plus one
    private Real _real;
    private int _owner;
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
            Steps.Acquire(in _owner);
            return _owner != 0;
        }
    }

    public readonly bool IsHeldByCurrentThread
    {
        get
        {
            if (!Steps.Exploring) return _real.IsHeldByCurrentThread;
            if (_untracked) throw new InvalidOperationException("Thread tracking is disabled.");
            return IsMine;
        }
    }

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
        if (!Steps.Exploring)
        {
            _real.Exit(useMemoryBarrier);
            return;
        }
        if (!_untracked && !IsMine) throw new SynchronizationLockException("The calling thread does not hold the lock.");
        Steps.Release(ref _owner);
        _owner = 0;
    }

    private readonly bool IsMine => _owner == Steps.Me + 1;

    private void Take(int milliseconds, ref bool taken)
    {
        if (taken)
        {
            taken = false;
            throw new ArgumentException("The tookLock argument must be set to false before calling this method.");
        }
        if (!_untracked && IsMine) throw new LockRecursionException("The calling thread already holds the lock.");
        for (int round = 0; ; round++)
        {
            Steps.ChangeAt(ref _owner);
            taken = _owner == 0;
            if (taken) break;
            Execution.Current!.Unchanged();
            if (milliseconds == 0 || (milliseconds > 0 && round > 0)) return;
            if (milliseconds > 0) Execution.Current.Sleep(milliseconds);
            else Execution.Current.Step(StepKind.Yield);
        }
        _owner = Steps.Me + 1;
    }
}
