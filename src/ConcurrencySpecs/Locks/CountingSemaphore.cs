using System.Diagnostics;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A number of units; who waits takes one, whoever likes gives some back.</summary>
/// <remarks>
/// <para>Progress — blocking; units go to those who wait in arrival order, and a newcomer never passes them.</para>
/// <para>Ordering — linearizable; what was written before a release is visible to whoever takes one of its units.</para>
/// <para>Cost — O(1) under one lock, no allocation unless the call waits; a release is linear in those whom it lets through.</para>
/// <para>Failure — a wait that is cut short takes no unit; a release beyond the maximum throws and releases nothing.</para>
/// <para>Source — Dijkstra, "Cooperating Sequential Processes", 1965.</para>
/// </remarks>
public sealed class CountingSemaphore : Waitable
{
    // Under the gate:
    // I1  0 ≤ _count ≤ Maximum
    // I2  _count is 0 while somebody waits
    private int _count;

    /// <summary>Creates a semaphore.</summary>
    /// <param name="initial">How many units there are at first.</param>
    /// <param name="maximum">How many there may ever be; without one, as many as an int can count.</param>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="initial"/> is negative or above
    /// <paramref name="maximum"/>, or that is below 1.</exception>
    public CountingSemaphore(int initial, int maximum = int.MaxValue, TimeProvider? clock = null) : base(clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(initial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initial, maximum);
        (_count, Maximum) = (initial, maximum);
    }

    /// <summary>How many units there may be.</summary>
    public int Maximum { get; }

    /// <summary>How many units nobody has taken; it may have changed when the caller looks at it.</summary>
    public int CurrentCount
    {
        get { lock (Gate) return _count; }
    }

    /// <summary>Gives units back; those who wait get them first.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="SemaphoreFullException">There would be more units than the maximum; none has been released.</exception>
    public void Release(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var granted = new List<Waiter<bool>>();
        lock (Gate)
        {
            if (count > Maximum - _count) throw new SemaphoreFullException(
                $"Releasing {count} would make {(long)_count + count} units, and {Maximum} is the most. Nothing was released: release once for each wait.");
            Debug.Assert(_count >= 0, "I1");
            while (count > 0 && Line.TryGrantFirst(out Waiter<bool>? first))
            {
                Debug.Assert(_count == 0, "I2");
                granted.Add(first);
                count--;
            }

            _count += count;
        }

        Wake(granted);
    }

    private protected override bool TryPass()
    {
        if (_count == 0) return false;
        _count--;
        return true;
    }
}
