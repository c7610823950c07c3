using ConcurrencySpecs.Contracts.Queues;
using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Broken.Queues;

/// <summary>A ring for one producer and one consumer, correct as it stands; each twin overrides one step.</summary>
internal abstract class SpscTwin(int capacity) : IQueue<int>
{
    protected readonly int[] Slots = new int[capacity];
    protected long Head;
    protected long Tail;

    public int Capacity => capacity;

    public int Count => (int)(Volatile.Read(ref Tail) - Volatile.Read(ref Head));

    public virtual bool TryEnqueue(int item)
    {
        if (IsFull(Tail, Volatile.Read(ref Head))) return false;
        Publish(item);
        return true;
    }

    public virtual bool TryDequeue(out int item)
    {
        item = 0;
        if (Head == Volatile.Read(ref Tail)) return false;
        item = Vacate();
        return true;
    }

    protected ref int Slot(long position) => ref Slots[position % Slots.Length];

    protected virtual bool IsFull(long tail, long head) => tail - head == Capacity;

    protected virtual void Publish(int item)
    {
        Slot(Tail) = item;
        Volatile.Write(ref Tail, Tail + 1);
    }

    protected virtual int Vacate()
    {
        int item = Slot(Head);
        Volatile.Write(ref Head, Head + 1);
        return item;
    }
}

[Broken("publishes the count before the item", "Interleavings")]
public sealed class SpscPublishesFirst : OneProducerOneConsumerContract
{
    protected override IQueue<int> NewSubject() => new Twin();

    private sealed class Twin() : SpscTwin(BoundedQueueContract.Capacity)
    {
        protected override void Publish(int item)
        {
            Volatile.Write(ref Tail, Tail + 1);
            Slot(Tail - 1) = item;
        }
    }
}

[Broken("gives the slot back before reading it", "Interleavings")]
public sealed class SpscVacatesFirst : OneProducerOneConsumerContract
{
    protected override IQueue<int> NewSubject() => new Twin();

    private sealed class Twin() : SpscTwin(BoundedQueueContract.Capacity)
    {
        protected override int Vacate()
        {
            Volatile.Write(ref Head, Head + 1);
            return Slot(Head - 1);
        }
    }
}

[Broken("takes one item more than it has room for", "Sequential")]
public sealed class SpscOffByOne : OneProducerOneConsumerContract
{
    protected override IQueue<int> NewSubject() => new Twin();

    private sealed class Twin() : SpscTwin(BoundedQueueContract.Capacity)
    {
        protected override bool IsFull(long tail, long head) => tail - head > Capacity;
    }
}

[Broken("takes the line of a slot ahead that still holds an item", "Sequential")]
public sealed class SpscTakesTooFarAhead : OneProducerOneConsumerContract
{
    protected override IQueue<int> NewSubject() => new Twin();

    private sealed class Twin() : SpscTwin(BoundedQueueContract.Capacity)
    {
        protected override void Publish(int item)
        {
            Slot(Tail + 1) = 0;
            base.Publish(item);
        }
    }
}
