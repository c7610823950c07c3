using ConcurrencySpecs.Contracts.Pools;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Broken.Pools;

/// <summary>A room whose waiting list hands places over, correct as it stands; each twin overrides one step.</summary>
internal class RoomTwin(int limit) : IRoom
{
    protected readonly Lock Gate = new();
    protected readonly List<Guest> Waiting = [];
    private int _inside;
    private int _atHand;

    public bool Enter(TimeSpan timeout, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Guest? guest = null;
        lock (Gate)
        {
            if (_inside < limit) _inside++;
            else if (timeout == TimeSpan.Zero) return false;
            else Waiting.Add(guest = new Guest());
        }

        if (guest is not null && !Admitted(guest, timeout, cancel)) return false;
        Interlocked.Increment(ref _atHand);
        return true;
    }

    public bool Leave()
    {
        if (!TryTakePermit()) return false;
        Guest? next = null;
        lock (Gate)
        {
            next = Waiting.FirstOrDefault();
            if (next is null) Vacate(ref _inside);
            else Waiting.RemoveAt(0);
        }

        next?.Called.Set();
        return true;
    }

    protected virtual void Vacate(ref int inside) => inside--;

    /// <summary>A guest that gives up and finds itself called has its place all the same.</summary>
    protected virtual bool Admitted(Guest guest, TimeSpan timeout, CancellationToken cancel)
    {
        try
        {
            return guest.Called.Wait(timeout, cancel) || !GivesUp(guest);
        }
        catch (OperationCanceledException)
        {
            if (GivesUp(guest)) throw;
            return true;
        }
    }

    protected bool GivesUp(Guest guest)
    {
        lock (Gate) return Waiting.Remove(guest);
    }

    private bool TryTakePermit()
    {
        for (int atHand = Volatile.Read(ref _atHand); atHand > 0; atHand = Volatile.Read(ref _atHand))
            if (Interlocked.CompareExchange(ref _atHand, atHand - 1, atHand) == atHand) return true;
        return false;
    }

    internal sealed class Guest
    {
        public ManualResetEventSlim Called { get; } = new();
    }
}

[Broken("loses the place that was handed to one who was just giving up", "Interleavings")]
public sealed class LimiterLosesAPlaceOnTimeOut : LimiterContract
{
    protected override IEnumerable<Operation<IRoom, int>> Operations => [Enter, TryEnter, Leave, EnterSoon];

    protected override IRoom NewSubject() => new Twin();

    private sealed class Twin() : RoomTwin(Limit)
    {
        protected override bool Admitted(Guest guest, TimeSpan timeout, CancellationToken cancel)
        {
            if (guest.Called.Wait(timeout, cancel)) return true;
            GivesUp(guest);
            return false;
        }
    }
}

[Broken("leaks a place when a guest is called and cancelled at once", "Threads")]
public sealed class LimiterLeaksAPermitOnCancel : LimiterContract
{
    protected override IEnumerable<Operation<IRoom, int>> Operations => [Enter, Leave, EnterCutShort];

    protected override IRoom NewSubject() => new Twin();

    private sealed class Twin() : RoomTwin(Limit)
    {
        protected override bool Admitted(Guest guest, TimeSpan timeout, CancellationToken cancel)
        {
            bool called = base.Admitted(guest, timeout, cancel);
            cancel.ThrowIfCancellationRequested();
            return called;
        }
    }
}

[Broken("lets one more in than there are places", "Sequential")]
public sealed class LimiterOffByOne : LimiterContract
{
    protected override IRoom NewSubject() => new RoomTwin(Limit + 1);
}

[Broken("gives the place back twice when a permit is disposed twice", "Sequential")]
public sealed class LimiterLeavesTwice : LimiterContract
{
    protected override IRoom NewSubject() => new Twin();

    private sealed class Twin() : RoomTwin(Limit)
    {
        protected override void Vacate(ref int inside) => inside -= 2;
    }
}
