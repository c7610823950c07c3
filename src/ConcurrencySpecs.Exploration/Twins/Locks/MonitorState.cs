using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>The monitor of one object: a lock and the queue of threads that wait for a pulse.</summary>
internal sealed class MonitorState() : OwnedLock("Monitor")
{
    private const long Pulsed = 1;
    private const long PulsedOrExpired = 2;

    // I3  _waiting holds, in order of arrival, the threads in Wait that no pulse has reached
    // I4  bit n of _unpulsed is set exactly while n is in _waiting
    private readonly List<int> _waiting = [];
    private ulong _unpulsed;

    internal override SyncState State => new(Owner, _unpulsed);

    // A waiter comes back once the lock is free and a pulse has reached it; one with a time-out also without a pulse.
    internal override bool Admits(in SyncState state, int thread, long demand) =>
        state.Value == 0 && (demand != Pulsed || (state.Threads >> thread & 1) == 0);

    public bool Wait(int milliseconds)
    {
        ThrowIfNotMine();
        int me = Steps.Me, depth = Depth;
        Steps.Change(this, StepKind.Wait);
        (Owner, Depth) = (0, 0);
        _waiting.Add(me);
        _unpulsed |= 1ul << me;

        if (milliseconds == Timeout.Infinite) Steps.Await(this, StepKind.Wake, Timeout.Infinite, Pulsed);
        else Steps.Await(this, StepKind.Wake, Timeout.Infinite, PulsedOrExpired);
        bool expired = _waiting.Remove(me);
        _unpulsed &= ~(1ul << me);
        (Owner, Depth) = (me + 1, depth);
        if (expired) Steps.Pass(milliseconds);
        return !expired;
    }

    public void Pulse(bool all)
    {
        ThrowIfNotMine();
        Steps.Change(this, StepKind.Signal);
        for (int left = all ? _waiting.Count : Math.Min(1, _waiting.Count); left > 0; left--)
        {
            _unpulsed &= ~(1ul << _waiting[0]);
            _waiting.RemoveAt(0);
        }
    }
}
