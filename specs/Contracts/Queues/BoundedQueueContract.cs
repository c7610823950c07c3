using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Queues;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Queues;

/// <summary>What every bounded queue owes: first in, first out, full at its capacity, nothing lost and nothing twice.</summary>
public abstract class BoundedQueueContract : ConcurrentSpec<IQueue<int>, Sequence<int>>
{
    /// <summary>Small, so that programs of a few calls reach both ends.</summary>
    protected const int Capacity = 2;

    protected override Sequence<int> InitialState => Sequence<int>.Empty;

    protected override IEnumerable<Operation<IQueue<int>, Sequence<int>>> Operations => [Enqueue, Dequeue];

    protected override Operation<IQueue<int>, Sequence<int>> LastLook => Operation(
        "drain", queue => Drain(queue), held => (Sequence<int>.Empty, held));

    protected static Operation<IQueue<int>, Sequence<int>> Enqueue { get; } = Operation(
        "TryEnqueue", Gen.Choose(1, 99), (queue, item) => queue.TryEnqueue(item),
        (held, item) => held.Count == Capacity ? (held, false) : (held.Add(item), true));

    protected static Operation<IQueue<int>, Sequence<int>> Dequeue { get; } = Operation(
        "TryDequeue", queue => queue.TryDequeue(out int item) ? item : (int?)null,
        held => held.Count == 0 ? (held, (int?)null) : (held.RemoveFirst(), held[0]));

    /// <summary>What is left; a broken queue may give items without end, so it is asked only a little more often than it can hold.</summary>
    private static Sequence<int> Drain(IQueue<int> queue)
    {
        var left = Sequence<int>.Empty;
        while (left.Count <= 2 * Capacity && queue.TryDequeue(out int item)) left = left.Add(item);
        return left;
    }
}

/// <summary>The same for a queue that allows one thread at each end.</summary>
public abstract class OneProducerOneConsumerContract : BoundedQueueContract
{
    protected override IEnumerable<Operation<IQueue<int>, Sequence<int>>> Operations => [Enqueue.By("producer"), Dequeue.By("consumer")];
}
