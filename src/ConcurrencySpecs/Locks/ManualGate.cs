using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A gate that lets everybody through while it is set, until it is reset.</summary>
/// <remarks>
/// <para>Progress — blocking; setting it lets all through who wait at that moment, even when it is reset at once.</para>
/// <para>Ordering — linearizable; what was written before <see cref="Set"/> is visible to whoever comes through.</para>
/// <para>Cost — O(1) under one lock, no allocation unless the call waits; setting is linear in those who wait.</para>
/// <para>Failure — a wait that is cut short changes nothing.</para>
/// <para>Source — the event of Python's threading module, whose waiters all get through a set and reset; .NET's ManualResetEvent.</para>
/// </remarks>
/// <param name="set">Whether it is set at first.</param>
/// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
public sealed class ManualGate(bool set = false, TimeProvider? clock = null) : Waitable(clock)
{
    // Under the gate: I1  nobody waits while _set
    private bool _set = set;

    /// <summary>Whether it lets callers through; it may have changed when the caller looks at it.</summary>
    public bool IsSet
    {
        get { lock (Gate) return _set; }
    }

    /// <summary>Lets through all who wait, and all who come until it is reset.</summary>
    public void Set()
    {
        var granted = new List<Waiter<bool>>();
        lock (Gate)
        {
            _set = true;
            Line.SettleAll(WaitState.Granted, granted);
        }

        Wake(granted);
    }

    /// <summary>Makes those wait who come from now on.</summary>
    public void Reset()
    {
        lock (Gate) _set = false;
    }

    private protected override bool TryPass() => _set;
}
