using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Contracts.Waiting;

/// <summary>Tickets that can be waited for: a condition over data that others change, which is what an eventcount is for.</summary>
public interface ITickets
{
    void Add();

    /// <summary>Takes a ticket, waiting for one; false when the time was up first.</summary>
    bool Take(TimeSpan timeout, CancellationToken cancel);
}

/// <summary>What every wait for a condition owes: who can go on does, and a wake-up is never lost.</summary>
public abstract class AwaitedContract : ConcurrentSpec<ITickets, int>
{
    private static readonly TimeSpan _soon = TimeSpan.FromTicks(1);

    protected override int InitialState => 0;

    protected override IEnumerable<Operation<ITickets, int>> Operations => [Add, Take];

    protected static Operation<ITickets, int> Add { get; } = Operation("Add", tickets => Added(tickets), held => (held + 1, true));

    protected static Operation<ITickets, int> Take { get; } = Operation(
        "Take", (tickets, cancel) => tickets.Take(Timeout.InfiniteTimeSpan, cancel), held => Taken(held, Step.Waits));

    protected static Operation<ITickets, int> TakeSoon { get; } = Operation(
        "Take within a tick", tickets => tickets.Take(_soon, CancellationToken.None), held => Taken(held, (held, false)));

    private static Step<int, bool> Taken(int held, Step<int, bool> none) => held > 0 ? (held - 1, true) : none;

    private static bool Added(ITickets tickets)
    {
        tickets.Add();
        return true;
    }
}

public sealed class EventCountContract : AwaitedContract
{
    protected override ITickets NewSubject() => new CountedTickets();
}

/// <summary>Waits that end early: a time-out takes no ticket and loses no wake-up.</summary>
public sealed class EventCountCutShortContract : AwaitedContract
{
    public override string Name => "EventCount (cut short)";

    protected override IEnumerable<Operation<ITickets, int>> Operations => [Add, Take, TakeSoon];

    protected override ITickets NewSubject() => new CountedTickets();
}

public sealed class EventCountAsyncContract : AwaitedContract
{
    public override string Name => "EventCount (async)";

    protected override ITickets NewSubject() => new CountedTicketsAsync();
}

/// <summary>A counter of tickets with an eventcount beside it.</summary>
public abstract class AwaitedTickets : ITickets
{
    private int _held;

    public void Add()
    {
        Interlocked.Increment(ref _held);
        Notify();
    }

    public abstract bool Take(TimeSpan timeout, CancellationToken cancel);

    protected abstract void Notify();

    protected bool TryTake()
    {
        for (int held = Volatile.Read(ref _held); held > 0; held = Volatile.Read(ref _held))
            if (Interlocked.CompareExchange(ref _held, held - 1, held) == held) return true;
        return false;
    }
}

/// <summary>By its blocking calls.</summary>
public sealed class CountedTickets : AwaitedTickets
{
    private readonly EventCount _added = new();

    public override bool Take(TimeSpan timeout, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake()) return true;
            Announcement mine = _added.Announce();
            if (TryTake())
            {
                _added.Withdraw(mine);
                return true;
            }

            if (!_added.Wait(mine, timeout, cancel)) return TryTake();
        }
    }

    protected override void Notify() => _added.NotifyOne();
}

/// <summary>By its asynchronous calls, and waking all instead of one.</summary>
public sealed class CountedTicketsAsync : AwaitedTickets
{
    private readonly EventCount _added = new();

    public override bool Take(TimeSpan timeout, CancellationToken cancel) => TakeAsync(timeout, cancel).GetAwaiter().GetResult();

    protected override void Notify() => _added.NotifyAll();

    private async Task<bool> TakeAsync(TimeSpan timeout, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake()) return true;
            Announcement mine = _added.AnnounceAsync();
            if (TryTake())
            {
                _added.Withdraw(mine);
                return true;
            }

            if (!await _added.WaitAsync(mine, timeout, cancel).ConfigureAwait(false)) return TryTake();
        }
    }
}
