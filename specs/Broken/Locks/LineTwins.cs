using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Locks;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>A ticket lock, correct as it stands; each twin overrides one decision.</summary>
internal class TicketTwin : ILock
{
    protected int Next;
    protected int Serving;

    public bool IsHeldByCurrentThread => Next != Serving;

    public void Enter(CancellationToken cancel = default)
    {
        int ticket = Interlocked.Increment(ref Next) - 1;
        for (var spin = new SpinWait(); Volatile.Read(ref Serving) != ticket;) spin.SpinOnce();
    }

    public virtual bool TryEnter()
    {
        int serving = Volatile.Read(ref Serving);
        return Interlocked.CompareExchange(ref Next, serving + 1, serving) == serving;
    }

    public virtual bool TryEnter(TimeSpan timeout, CancellationToken cancel = default) => TryEnter();

    public void Exit() => Volatile.Write(ref Serving, Serving + 1);
}

[Broken("draws a ticket when it sees nobody in line: somebody may have drawn one meanwhile, and it enters beside them", "Interleavings")]
public sealed class TicketBargesPastTheLine : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : TicketTwin
    {
        public override bool TryEnter()
        {
            if (Volatile.Read(ref Next) != Volatile.Read(ref Serving)) return false;
            Interlocked.Increment(ref Next);
            return true;
        }
    }
}

[Broken("draws a ticket, and goes away with it when its time is up: all behind it wait for ever", "Interleavings")]
public sealed class TicketTakenAway : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : TicketTwin
    {
        public override bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
        {
            int ticket = Interlocked.Increment(ref Next) - 1;
            return Volatile.Read(ref Serving) == ticket;
        }
    }
}

/// <summary>A lock whose waiters stand in a line of places, correct as it stands; each twin overrides one decision.</summary>
internal class LineTwin : ILock
{
    protected sealed class Place
    {
        public Place? Next;
        public bool Granted;
    }

    protected Place? Tail;
    private Place? _holder;

    public bool IsHeldByCurrentThread => _holder is not null;

    public void Enter(CancellationToken cancel = default)
    {
        var mine = new Place();
        if (Interlocked.Exchange(ref Tail, mine) is { } before)
        {
            Volatile.Write(ref before.Next, mine);
            for (var spin = new SpinWait(); !Volatile.Read(ref mine.Granted);) spin.SpinOnce();
        }

        _holder = mine;
    }

    public bool TryEnter()
    {
        var mine = new Place();
        if (Interlocked.CompareExchange(ref Tail, mine, null) is not null) return false;
        _holder = mine;
        return true;
    }

    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default) => TryEnter();

    public void Exit()
    {
        Place mine = _holder!;
        _holder = null;
        if (Volatile.Read(ref mine.Next) is { } next || (next = Behind(mine)) is not null) Volatile.Write(ref next.Granted, true);
    }

    /// <summary>Who stands behind the last place that was seen; null when the lock has been freed.</summary>
    protected virtual Place? Behind(Place mine)
    {
        if (Interlocked.CompareExchange(ref Tail, null, mine) == mine) return null;
        for (var spin = new SpinWait(); ; spin.SpinOnce()) if (Volatile.Read(ref mine.Next) is { } next) return next;
    }
}

[Broken("frees the line when it sees nobody behind it: who has taken the place and not yet said so is lost", "Interleavings")]
public sealed class LineLosesWhoIsJustArriving : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : LineTwin
    {
        protected override Place? Behind(Place mine)
        {
            Volatile.Write(ref Tail, null);
            return null;
        }
    }
}

[Broken("goes away when somebody has taken the place behind it and not yet said so: the line stands still", "Interleavings")]
public sealed class LineDoesNotWaitForTheLink : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : LineTwin
    {
        protected override Place? Behind(Place mine)
        {
            Interlocked.CompareExchange(ref Tail, null, mine);
            return Volatile.Read(ref mine.Next);
        }
    }
}
