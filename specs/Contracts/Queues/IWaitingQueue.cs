using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Contracts.Queues;

/// <summary>A bounded queue at both of whose ends a caller may wait: what <see cref="WaitingQueueContract"/> asks of a subject.</summary>
public interface IWaitingQueue
{
    PutResult Put(int item, TimeSpan timeout, CancellationToken cancel);

    GetResult Get(out int item, TimeSpan timeout, CancellationToken cancel);

    void CompleteAdding();
}

/// <summary>The queue itself, by its blocking calls.</summary>
public sealed class Blocking(int capacity) : IWaitingQueue
{
    private readonly BlockingQueue<int> _queue = new(capacity);

    public PutResult Put(int item, TimeSpan timeout, CancellationToken cancel) => _queue.TryPut(item, timeout, cancel);

    public GetResult Get(out int item, TimeSpan timeout, CancellationToken cancel) => _queue.TryGet(out item, timeout, cancel);

    public void CompleteAdding() => _queue.CompleteAdding();
}

/// <summary>The queue itself, by its asynchronous calls.</summary>
public sealed class Asynchronous(int capacity) : IWaitingQueue
{
    private readonly BlockingQueue<int> _queue = new(capacity);

    public PutResult Put(int item, TimeSpan timeout, CancellationToken cancel) =>
        _queue.TryPutAsync(item, timeout, cancel).AsTask().GetAwaiter().GetResult();

    public GetResult Get(out int item, TimeSpan timeout, CancellationToken cancel)
    {
        Got<int> got = _queue.TryGetAsync(timeout, cancel).AsTask().GetAwaiter().GetResult();
        item = got.Item;
        return got.Result;
    }

    public void CompleteAdding() => _queue.CompleteAdding();
}
