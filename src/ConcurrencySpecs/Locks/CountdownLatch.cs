using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>Lets everybody through once it has been signalled as often as was agreed, and for ever after.</summary>
/// <remarks>
/// <para>Progress — blocking; the last signal lets all through who wait.</para>
/// <para>Ordering — linearizable; what was written before any of the signals is visible to whoever comes through.</para>
/// <para>Cost — O(1) under one lock, no allocation unless the call waits; the last signal is linear in those who wait.</para>
/// <para>Failure — a signal too many throws and changes nothing; a wait that is cut short changes nothing.</para>
/// <para>Source — Lea, "Concurrent Programming in Java", 2nd edition, 1999.</para>
/// </remarks>
public sealed class CountdownLatch : Waitable
{
    // Under the gate: I1  nobody waits when _left is 0
    private int _left;

    /// <summary>Creates a latch.</summary>
    /// <param name="count">How many signals it takes; with none it is open.</param>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public CountdownLatch(int count, TimeProvider? clock = null) : base(clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _left = count;
    }

    /// <summary>How many signals are missing; there may be fewer when the caller looks at it.</summary>
    public int CurrentCount
    {
        get { lock (Gate) return _left; }
    }

    /// <summary>Counts down.</summary>
    /// <param name="count">By how many signals at once.</param>
    /// <returns>True for the call that let everybody through.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">So many are not missing; nothing has changed.</exception>
    public bool Signal(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var granted = new List<Waiter<bool>>();
        lock (Gate)
        {
            if (count > _left) throw new InvalidOperationException(
                $"{count} signals came and {_left} are missing, so nothing was counted. Signal once for each that was agreed when the latch was made.");
            _left -= count;
            if (_left > 0) return false;
            Line.SettleAll(WaitState.Granted, granted);
        }

        Wake(granted);
        return true;
    }

    private protected override bool TryPass() => _left == 0;
}
