using ConcurrencySpecs.Contracts.Waiting;

namespace ConcurrencySpecs.Broken.Waiting;

/// <summary>Tickets that are waited for with an eventcount, correct as it stands; each twin overrides one step.</summary>
internal abstract class EventCountTwin : ITickets
{
    protected int Held;
    protected bool Announced;
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];

    public virtual void Add()
    {
        Interlocked.Increment(ref Held);
        if (Volatile.Read(ref Announced)) NotifyOne();
    }

    public virtual bool Take(TimeSpan timeout, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake()) return true;
            Waiter mine = Announce();
            if (TryTake())
            {
                Withdraw(mine);
                return true;
            }

            if (!Wait(mine, timeout, cancel)) return TryTake();
        }
    }

    protected Waiter Announce()
    {
        var mine = new Waiter();
        lock (_gate)
        {
            _waiters.Add(mine);
            Volatile.Write(ref Announced, true);
        }

        return mine;
    }

    protected void NotifyOne()
    {
        Waiter first;
        lock (_gate)
        {
            if (_waiters.Count == 0)
            {
                Volatile.Write(ref Announced, false);
                return;
            }

            first = _waiters[0];
            _waiters.RemoveAt(0);
        }

        first.Woken.Set();
    }

    private void Withdraw(Waiter mine)
    {
        if (!Removed(mine)) NotifyOne();
    }

    protected bool Wait(Waiter mine, TimeSpan timeout, CancellationToken cancel)
    {
        try
        {
            return mine.Woken.Wait(timeout, cancel) || !Removed(mine);
        }
        catch (OperationCanceledException)
        {
            if (Removed(mine)) throw;
            return true;
        }
    }

    private bool Removed(Waiter mine)
    {
        lock (_gate) return _waiters.Remove(mine);
    }

    protected bool TryTake()
    {
        for (int held = Volatile.Read(ref Held); held > 0; held = Volatile.Read(ref Held))
            if (Interlocked.CompareExchange(ref Held, held - 1, held) == held) return true;
        return false;
    }

    internal sealed class Waiter
    {
        public ManualResetEventSlim Woken { get; } = new();
    }
}

[Broken("announces itself after its last look, so that a ticket added between the two wakes nobody", "Interleavings")]
public sealed class EventCountLooksTooEarly : AwaitedContract
{
    protected override ITickets NewSubject() => new Twin();

    private sealed class Twin : EventCountTwin
    {
        public override bool Take(TimeSpan timeout, CancellationToken cancel)
        {
            while (!TryTake())
            {
                if (!Wait(Announce(), timeout, cancel)) return TryTake();
            }

            return true;
        }
    }
}

[Broken("looks for waiters before its change is seen, which is what a processor makes of two accesses without a fence", "Interleavings")]
public sealed class EventCountWithoutTheFence : AwaitedContract
{
    protected override ITickets NewSubject() => new Twin();

    private sealed class Twin : EventCountTwin
    {
        public override void Add()
        {
            bool announced = Volatile.Read(ref Announced);
            Interlocked.Increment(ref Held);
            if (announced) NotifyOne();
        }
    }
}
