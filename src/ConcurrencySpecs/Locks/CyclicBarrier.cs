using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>Where a fixed number of parties wait for each other, cross together, and meet again.</summary>
/// <remarks>
/// <para>Progress — blocking until all have come; the last to come runs the action, if there is one, and then all leave.</para>
/// <para>Ordering — what any party wrote before it came is visible to the action, and what the action wrote to all who leave; indices are distinct.</para>
/// <para>Cost — one lock for a few steps and one allocation for each party that waits, one more for each crossing.</para>
/// <para>Failure — all cross or none: a time-out, a cancellation, an interrupt, an action that throws or an abort breaks it for all until it is reset.</para>
/// <para>Source — Lubachevsky, "Synchronization Barrier and Related Tools", 1990; the semantics are those of Python's threading.Barrier.</para>
/// </remarks>
public sealed class CyclicBarrier
{
    // Under the gate:
    // I1  _crossing.Arrived counts the parties that came since the last crossing; they are in its line, save those who are giving up
    // I2  nobody is in line while _broken
    // I3  a crossing is decided once, when its last party comes: what happens afterwards breaks the next one
    private readonly Lock _gate = new();
    private readonly Action? _action;
    private readonly TimeProvider _clock;
    private Crossing _crossing;
    private bool _broken;

    /// <summary>Creates a barrier.</summary>
    /// <param name="participants">How many parties cross together.</param>
    /// <param name="action">Run once for each crossing by the party that comes last, before anybody leaves and outside all locks.</param>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participants"/> is below 1.</exception>
    public CyclicBarrier(int participants, Action? action = null, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        (Participants, _action, _clock, _crossing) = (participants, action, clock ?? TimeProvider.System, new Crossing(_gate));
    }

    /// <summary>How many parties cross together.</summary>
    public int Participants { get; }

    /// <summary>How many parties wait; it may have changed when the caller looks at it.</summary>
    public int ParticipantsWaiting
    {
        get { lock (_gate) return _broken ? 0 : _crossing.Arrived; }
    }

    /// <summary>Whether waits fail until the barrier is reset.</summary>
    public bool IsBroken
    {
        get { lock (_gate) return _broken; }
    }

    /// <summary>Waits for all others for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait and breaks the barrier for all; a token that is cancelled already throws and breaks nothing.</param>
    /// <returns>The place in the order of arrival, from 0; the party with the last one has run the action.</returns>
    /// <exception cref="BrokenBarrierException">The barrier is broken, or was broken or reset while the call waited.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before all had come.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted before all had come; the barrier is broken for all.</exception>
    public int Wait(CancellationToken cancel = default) =>
        TryWait(Timeout.InfiniteTimeSpan, out int index, cancel) == BarrierResult.Crossed ? index : throw new BrokenBarrierException();

    /// <summary>Waits for all others, no longer than <paramref name="timeout"/>. What the action throws comes out of the call that ran it.</summary>
    /// <param name="timeout">Zero breaks the barrier unless the caller is the last to come; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="index">The place in the order of arrival when all crossed, otherwise −1.</param>
    /// <param name="cancel">Ends the wait and breaks the barrier for all; a token that is cancelled already throws and breaks nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before all had come.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted before all had come; the barrier is broken for all.</exception>
    public BarrierResult TryWait(TimeSpan timeout, out int index, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, _clock);
        cancel.ThrowIfCancellationRequested();
        index = -1;
        if (Arrive() is not { } party) return BarrierResult.Broken;
        BarrierResult result = party.Waiter is null ? Lead(party) : Follow(party.Crossing, party.Waiter, limit, cancel);
        if (result == BarrierResult.Crossed) index = party.Index;
        return result;
    }

    /// <summary>Breaks the barrier: those who wait and those who come are told so, until it is reset.</summary>
    public void Abort() => Release(broken: true);

    /// <summary>Makes the barrier as new; those who wait are told that it was broken.</summary>
    public void Reset() => Release(broken: false);

    private Party? Arrive()
    {
        lock (_gate)
        {
            if (_broken) return null;
            var party = new Party(_crossing, _crossing.Arrived++);
            if (party.Index < Participants - 1)
            {
                party.Crossing.Line.Add(party.Waiter = new Waiter<bool>(party.Crossing.Line, blocks: true));
                return party;
            }

            party.Crossing.Line.SettleAll(WaitState.Granted, party.Crossing.Settled);
            _crossing = new Crossing(_gate);
            // Fewer in line than have come: somebody has given up, and is about to say so.
            party.Crossing.Failed = _broken = party.Crossing.Settled.Count < party.Index;
            return party;
        }
    }

    // By the last party: the others are settled and will be woken when the action is over.
    private BarrierResult Lead(Party party)
    {
        Crossing crossing = party.Crossing;
        try
        {
            if (!crossing.Failed) _action?.Invoke();
            return crossing.Failed ? BarrierResult.Broken : BarrierResult.Crossed;
        }
        catch
        {
            crossing.Failed = true;     // release → [woken]: written before the others are
            Release(broken: true);
            throw;
        }
        finally
        {
            foreach (Waiter<bool> waiter in crossing.Settled) waiter.Wake();
        }
    }

    private BarrierResult Follow(Crossing crossing, Waiter<bool> waiter, TimeLimit limit, CancellationToken cancel)
    {
        WaitState state = WaitState.Interrupted;
        try
        {
            state = waiter.Park(limit, cancel);
        }
        finally
        {
            if (state is WaitState.TimedOut or WaitState.Cancelled or WaitState.Interrupted) Release(broken: true, onlyOf: crossing);
        }

        return state switch
        {
            WaitState.Granted => crossing.Failed ? BarrierResult.Broken : BarrierResult.Crossed,    // acquire ← [woken]
            WaitState.TimedOut => BarrierResult.TimedOut,
            WaitState.Closed => BarrierResult.Broken,
            _ => throw new OperationCanceledException(cancel),
        };
    }

    /// <summary>Sends all away who wait, in one step with breaking or mending the barrier.</summary>
    private void Release(bool broken, Crossing? onlyOf = null)
    {
        var released = new List<Waiter<bool>>();
        lock (_gate)
        {
            if (onlyOf is not null && onlyOf != _crossing) return;      // reset or decided meanwhile
            _broken = broken;
            _crossing.Line.SettleAll(WaitState.Closed, released);
            _crossing = new Crossing(_gate);
        }

        foreach (Waiter<bool> waiter in released) waiter.Wake();
    }

    /// <summary>The parties that are to cross together, and whether they did.</summary>
    private sealed class Crossing(Lock gate)
    {
        public readonly WaiterList<bool> Line = new(gate);
        public readonly List<Waiter<bool>> Settled = [];
        public int Arrived;
        public bool Failed;
    }

    private sealed record Party(Crossing Crossing, int Index)
    {
        public Waiter<bool>? Waiter { get; set; }
    }
}
