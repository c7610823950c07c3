using System.Runtime.InteropServices;
using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Queues;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Queues;

public sealed class SpscQueueContract : OneProducerOneConsumerContract
{
    protected override IQueue<int> NewSubject() => new SpscQueue<int>(Capacity);
}

/// <summary>Items that fill a cache line each, so that also a ring of few slots has lines that the producer takes ahead.</summary>
public sealed class SpscQueueWideContract : OneProducerOneConsumerContract
{
    public override string Name => "SpscQueue (wide items)";

    protected override IQueue<int> NewSubject() => new OfWideItems();

    private sealed class OfWideItems : IQueue<int>
    {
        private readonly SpscQueue<Wide> _queue = new(BoundedQueueContract.Capacity);

        public int Capacity => _queue.Capacity;

        public int Count => _queue.Count;

        public bool TryEnqueue(int item) => _queue.TryEnqueue(new Wide { Item = item });

        public bool TryDequeue(out int item)
        {
            bool taken = _queue.TryDequeue(out Wide wide);
            item = wide.Item;
            return taken;
        }
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Wide
    {
        [FieldOffset(0)] public int Item;
    }
}

public sealed class MpmcQueueContract : BoundedQueueContract
{
    protected override IQueue<int> NewSubject() => new MpmcQueue<int>(Capacity);
}

/// <summary>Batches enter and leave as one: never more than there was room or items for, in order.</summary>
public sealed class SpscQueueBatchesContract : ConcurrentSpec<SpscQueue<int>, Sequence<int>>
{
    private const int Capacity = 4;

    public override string Name => "SpscQueue (batches)";

    protected override SpscQueue<int> NewSubject() => new(Capacity);

    protected override Sequence<int> InitialState => Sequence<int>.Empty;

    protected override IEnumerable<Operation<SpscQueue<int>, Sequence<int>>> Operations =>
    [
        Operation("TryEnqueue", Batches, (queue, items) => queue.TryEnqueue(items.AsSpan()), Append).By("producer"),
        Operation("TryDequeue", Gen.Choose(1, 3), Take, (held, most) => Remove(held, Math.Min(most, held.Count))).By("consumer"),
    ];

    protected override Operation<SpscQueue<int>, Sequence<int>> LastLook => Operation(
        "drain", queue => Take(queue, Capacity), held => Remove(held, held.Count));

    private static FsCheck.Gen<int[]> Batches => Gen.Choose(1, 99).ArrayOf(3);

    // How much room there was may be an old answer when the consumer is at work, so fewer than fit is right too; none only when it was full.
    private static Step<Sequence<int>, int> Append(Sequence<int> held, int[] items)
    {
        int room = Math.Min(items.Length, Capacity - held.Count);
        return Step.OneOf([.. Enumerable.Range(Math.Min(1, room), Math.Max(1, room)).Select(count => (With(held, items[..count]), count))]);
    }

    private static Sequence<int> With(Sequence<int> held, int[] items) => items.Aggregate(held, (all, item) => all.Add(item));

    private static Step<Sequence<int>, Sequence<int>> Remove(Sequence<int> held, int count) =>
        Step.OneOf([.. Enumerable.Range(Math.Min(1, count), Math.Max(1, count))
            .Select(taken => (held.RemoveFirst(taken), Sequence<int>.Of(held.Take(taken))))]);

    private static Sequence<int> Take(SpscQueue<int> queue, int most)
    {
        Span<int> items = stackalloc int[most];
        int count = queue.TryDequeue(items);
        return Sequence<int>.Of(items[..count].ToArray());
    }
}
