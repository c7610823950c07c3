using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Queues;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Queues;

/// <summary>What a queue holds, and whether it takes no more.</summary>
public sealed record Contents(Sequence<int> Items, bool Closed);

/// <summary>What every queue that waits owes: who can go on does; an end that has to wait does so until the other end or the close releases it.</summary>
public abstract class WaitingQueueContract : ConcurrentSpec<IWaitingQueue, Contents>
{
    /// <summary>Small, so that programs of a few calls wait at both ends.</summary>
    protected const int Capacity = 1;

    protected override Contents InitialState => new(Sequence<int>.Empty, Closed: false);

    protected override IEnumerable<Operation<IWaitingQueue, Contents>> Operations => [Put, Get, TryPut, TryGet, Complete];

    protected static Operation<IWaitingQueue, Contents> Put { get; } = Operation(
        "Put", Gen.Choose(1, 99), (queue, item, cancel) => queue.Put(item, Timeout.InfiniteTimeSpan, cancel), (held, item) => Add(held, item, Step.Waits));

    protected static Operation<IWaitingQueue, Contents> Get { get; } = Operation(
        "Get", (queue, cancel) => Take(queue, Timeout.InfiniteTimeSpan, cancel), held => Remove(held, Step.Waits));

    protected static Operation<IWaitingQueue, Contents> TryPut { get; } = Operation(
        "TryPut", Gen.Choose(1, 99),
        (queue, item) => queue.Put(item, TimeSpan.Zero, CancellationToken.None),
        (held, item) => Add(held, item, (held, PutResult.Full)));

    protected static Operation<IWaitingQueue, Contents> TryGet { get; } = Operation(
        "TryGet", queue => Take(queue, TimeSpan.Zero, CancellationToken.None), held => Remove(held, (held, (GetResult.Empty, 0))));

    protected static Operation<IWaitingQueue, Contents> Complete { get; } = Operation(
        "CompleteAdding", queue => Close(queue), held => (held with { Closed = true }, true));

    protected override Operation<IWaitingQueue, Contents> LastLook => Operation(
        "drain", queue => Drain(queue), held => (held with { Items = Sequence<int>.Empty }, held.Items));

    protected static Step<Contents, PutResult> Add(Contents held, int item, Step<Contents, PutResult> full) =>
        held.Closed ? (held, PutResult.Closed)
        : held.Items.Count < Capacity ? (held with { Items = held.Items.Add(item) }, PutResult.Added)
        : full;

    protected static Step<Contents, (GetResult Result, int Item)> Remove(Contents held, Step<Contents, (GetResult Result, int Item)> empty) =>
        held.Items.Count > 0 ? (held with { Items = held.Items.RemoveFirst() }, (GetResult.Taken, held.Items[0]))
        : held.Closed ? (held, (GetResult.Closed, 0))
        : empty;

    protected static (GetResult Result, int Item) Take(IWaitingQueue queue, TimeSpan timeout, CancellationToken cancel)
    {
        GetResult result = queue.Get(out int item, timeout, cancel);
        return (result, result == GetResult.Taken ? item : 0);
    }

    private static bool Close(IWaitingQueue queue)
    {
        queue.CompleteAdding();
        return true;
    }

    private static Sequence<int> Drain(IWaitingQueue queue)
    {
        var left = Sequence<int>.Empty;
        while (left.Count <= 2 * Capacity && queue.Get(out int item, TimeSpan.Zero, CancellationToken.None) == GetResult.Taken) left = left.Add(item);
        return left;
    }
}

/// <summary>Waits that end early: a time-out or a cancellation takes nothing, adds nothing, and leaves nobody asleep who could go on.</summary>
public abstract class CutShortContract : WaitingQueueContract
{
    private static readonly TimeSpan _soon = TimeSpan.FromTicks(1);

    protected override IEnumerable<Operation<IWaitingQueue, Contents>> Operations => [Put, Get, PutSoon, GetSoon, GetCancelled];

    protected static Operation<IWaitingQueue, Contents> PutSoon { get; } = Operation(
        "Put within a tick", Gen.Choose(1, 99),
        (queue, item) => queue.Put(item, _soon, CancellationToken.None),
        (held, item) => Add(held, item, (held, PutResult.TimedOut)));

    protected static Operation<IWaitingQueue, Contents> GetSoon { get; } = Operation(
        "Get within a tick", queue => Take(queue, _soon, CancellationToken.None), held => Remove(held, (held, (GetResult.TimedOut, 0))));

    /// <summary>The token is cancelled by the pool at any moment of the call, so both an item and a cancellation are right while there is an item.</summary>
    protected static Operation<IWaitingQueue, Contents> GetCancelled { get; } = Operation(
        "Get cut short", queue => TakeOrCancel(queue), OrCancelled);

    private static Step<Contents, (GetResult Result, int Item)?> OrCancelled(Contents held)
    {
        (Contents, (GetResult, int)?) cancelled = (held, null);
        return held.Items.Count > 0
            ? Step.OneOf<Contents, (GetResult Result, int Item)?>((held with { Items = held.Items.RemoveFirst() }, (GetResult.Taken, held.Items[0])), cancelled)
            : held.Closed ? Step.OneOf<Contents, (GetResult Result, int Item)?>((held, (GetResult.Closed, 0)), cancelled) : cancelled;
    }

    private static (GetResult Result, int Item)? TakeOrCancel(IWaitingQueue queue)
    {
        using var source = new CancellationTokenSource();
        Task cancelling = Task.Run(source.Cancel);
        try
        {
            return Take(queue, Timeout.InfiniteTimeSpan, source.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            cancelling.GetAwaiter().GetResult();
        }
    }
}

public sealed class BlockingQueueContract : WaitingQueueContract
{
    protected override IWaitingQueue NewSubject() => new Blocking(Capacity);
}

public sealed class BlockingQueueAsyncContract : WaitingQueueContract
{
    public override string Name => "BlockingQueue (async)";

    protected override IWaitingQueue NewSubject() => new Asynchronous(Capacity);
}

public sealed class BlockingQueueCutShortContract : CutShortContract
{
    public override string Name => "BlockingQueue (cut short)";

    protected override IWaitingQueue NewSubject() => new Blocking(Capacity);
}

public sealed class BlockingQueueAsyncCutShortContract : CutShortContract
{
    public override string Name => "BlockingQueue (async, cut short)";

    protected override IWaitingQueue NewSubject() => new Asynchronous(Capacity);
}
