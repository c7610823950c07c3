using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A gate that lets one caller through each time it is set.</summary>
/// <remarks>
/// <para>Progress — blocking; setting it lets the one through who has waited longest, or else the next one to come.</para>
/// <para>Ordering — linearizable; what was written before <see cref="Set"/> is visible to whom it lets through.</para>
/// <para>Cost — O(1) under one lock, no allocation unless the call waits.</para>
/// <para>Failure — a wait that is cut short uses no setting up; settings that meet nobody count as one.</para>
/// <para>Source — .NET's AutoResetEvent.</para>
/// </remarks>
/// <param name="set">Whether it is set at first.</param>
/// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
public sealed class AutoGate(bool set = false, TimeProvider? clock = null) : Waitable(clock)
{
    // Under the gate: I1  nobody waits while _set
    private bool _set = set;

    /// <summary>Whether the next caller would get through; it may have changed when the caller looks at it.</summary>
    public bool IsSet
    {
        get { lock (Gate) return _set; }
    }

    /// <summary>Lets one through.</summary>
    public void Set()
    {
        Waiter<bool>? first;
        lock (Gate)
        {
            if (!Line.TryGrantFirst(out first)) _set = true;
        }

        first?.Wake();
    }

    /// <summary>Takes back a setting that nobody has used.</summary>
    public void Reset()
    {
        lock (Gate) _set = false;
    }

    private protected override bool TryPass()
    {
        bool passes = _set;
        _set = false;
        return passes;
    }
}
