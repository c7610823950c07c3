using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock for code that awaits while it holds it: whoever has the scope holds the lock, on whatever thread.</summary>
/// <remarks>
/// <para>Progress — blocking, first come, first served among those who wait; waiting holds no thread.</para>
/// <para>Ordering — mutual exclusion; what a holder wrote is visible to the next one.</para>
/// <para>Cost — one exchange to enter and one to exit while nobody waits. A lock keeps the waiters it has had, and allocates only where more wait
/// at once than ever before, or with a time-out.</para>
/// <para>Failure — a wait that is cut short leaves no trace; a scope that is disposed again, or whose copy is, does nothing. It is not recursive.</para>
/// <para>Source — a FIFO mutex as in Hoare, "Monitors", CACM 17(10), 1974; value tasks over pooled sources: System.Threading.Channels.</para>
/// </remarks>
public sealed class AsyncLock
{
    // _state = number of the hold << 2 | Awaited | Held
    private const long Held = 1;
    private const long Awaited = 2;
    private const long OneHold = 4;
    private const long Flags = 3;

    // I1  Held is taken away, and the number counted up, once for each hold: by the first to dispose of its scope
    // I2  somebody stands in line exactly while Awaited is set; both change under the gate of the line
    private readonly TimeProvider _clock;
    private readonly AsyncLine<AsyncLockScope> _line;
    private long _state;

    /// <summary>Creates a lock that is free.</summary>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    public AsyncLock(TimeProvider? clock = null) => (_clock, _line) = (clock ?? TimeProvider.System, new(Reconsider));

    /// <summary>Whether somebody holds the lock; it may have changed when the caller looks at it.</summary>
    public bool IsHeld => (Volatile.Read(ref _state) & Held) != 0;

    /// <summary>Enters if that is possible at once.</summary>
    /// <param name="scope">Holds the lock until it is disposed; otherwise it holds nothing.</param>
    public bool TryEnter(out AsyncLockScope scope)
    {
        long state = Volatile.Read(ref _state);
        bool entered = (state & Flags) == 0 && Interlocked.CompareExchange(ref _state, state | Held, state) == state;      // acquire ← [exit]
        scope = entered ? new AsyncLockScope(this, state) : default;
        return entered;
    }

    /// <summary>Enters, waiting for as long as it takes without holding a thread.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when the lock is free.</param>
    /// <returns>What holds the lock until it is disposed. Await it once.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    public ValueTask<AsyncLockScope> EnterAsync(CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<AsyncLockScope>(cancel);
        return TryEnter(out AsyncLockScope scope) ? new(scope) : Wait(TimeLimit.Never, cancel);
    }

    /// <summary>Enters, waiting no longer than <paramref name="timeout"/> and without holding a thread.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when the lock is free.</param>
    /// <returns>A scope whose <see cref="AsyncLockScope.IsHeld"/> says whether the lock was entered in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    public ValueTask<AsyncLockScope> TryEnterAsync(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, _clock);
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<AsyncLockScope>(cancel);
        return TryEnter(out AsyncLockScope scope) || limit.IsNow ? new(scope) : Wait(limit, cancel);
    }

    internal bool Holds(long hold) => (Volatile.Read(ref _state) & ~Awaited) == (hold | Held);

    internal void Exit(long hold)
    {
        long state = hold | Held;
        if (Interlocked.CompareExchange(ref _state, hold + OneHold, state) != state) PassOn(hold);     // release → [exit]
    }

    private ValueTask<AsyncLockScope> Wait(TimeLimit limit, CancellationToken cancel)
    {
        AsyncWaiter<AsyncLockScope> waiter;
        lock (_line.Gate)
        {
            for (long state = Volatile.Read(ref _state); ;)
            {
                if ((state & Awaited) != 0) break;                             // I2: and it stays so while we have the gate
                bool free = (state & Flags) == 0;
                long found = Interlocked.CompareExchange(ref _state, free ? state | Held : state | Awaited, state);     // acquire ← [exit]
                if (found == state && free) return new(new AsyncLockScope(this, state));
                if (found == state) break;
                state = found;
            }

            waiter = _line.Add();
        }

        waiter.Watch(limit, cancel);
        return waiter.Task;
    }

    // Awaited is set, or the scope is an old one.
    private void PassOn(long hold)
    {
        AsyncWaiter<AsyncLockScope> first;
        lock (_line.Gate)
        {
            long state = Volatile.Read(ref _state);
            if ((state & ~Awaited) != (hold | Held)) return;                    // I1: this hold has ended before
            if (_line.First is null)                                            // they have all given up since we looked
            {
                Interlocked.CompareExchange(ref _state, hold + OneHold, hold | Held);       // release → [exit]; unless a copy has ended it meanwhile
                return;
            }

            _line.Remove(first = _line.First);
            first.Scope = new AsyncLockScope(this, hold + OneHold);
            Interlocked.Exchange(ref _state, (hold + OneHold) | Held | (_line.First is null ? 0 : Awaited));     // I2
        }

        first.Settle();                                                         // release → [exit]
    }

    // Under the gate, when somebody has given up: nobody may enter for that.
    private AsyncWaiter<AsyncLockScope>? Reconsider()
    {
        if (_line.First is null) Interlocked.And(ref _state, ~Awaited);         // I2
        return null;
    }
}
