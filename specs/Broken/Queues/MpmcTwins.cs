using ConcurrencySpecs.Contracts.Queues;
using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Broken.Queues;

/// <summary>A ring for many at each end, in which positions are claimed by compare-and-swap; what is missing in each twin was
/// the other half of the algorithm.</summary>
internal abstract class MpmcTwin(int capacity) : IQueue<int>
{
    protected readonly int[] Slots = new int[capacity];
    protected long Head;
    protected long Tail;

    public int Capacity => capacity;

    public int Count => (int)(Volatile.Read(ref Tail) - Volatile.Read(ref Head));

    public bool TryEnqueue(int item)
    {
        while (true)
        {
            long tail = Volatile.Read(ref Tail);
            if (tail - Volatile.Read(ref Head) >= Capacity) return false;
            if (Claim(ref Tail, tail)) return Fill(tail, item);
        }
    }

    public bool TryDequeue(out int item)
    {
        while (true)
        {
            item = 0;
            long head = Volatile.Read(ref Head);
            if (Volatile.Read(ref Tail) <= head) return false;
            if (!Claim(ref Head, head)) continue;
            item = Slots[head % Slots.Length];
            return true;
        }
    }

    protected abstract bool Claim(ref long cursor, long position);

    private bool Fill(long tail, int item)
    {
        Slots[tail % Slots.Length] = item;
        return true;
    }
}

[Broken("takes an item from a slot that was claimed but not yet filled: no sequence check", "Threads", "Interleavings")]
public sealed class MpmcWithoutSequences : BoundedQueueContract
{
    protected override IQueue<int> NewSubject() => new Twin();

    private sealed class Twin() : MpmcTwin(BoundedQueueContract.Capacity)
    {
        protected override bool Claim(ref long cursor, long position) => Interlocked.CompareExchange(ref cursor, position + 1, position) == position;
    }
}

[Broken("claims a position by a plain write, so two callers can have the same one", "Threads", "Interleavings")]
public sealed class MpmcClaimsPlainly : BoundedQueueContract
{
    protected override IQueue<int> NewSubject() => new Twin();

    private sealed class Twin() : MpmcTwin(BoundedQueueContract.Capacity)
    {
        protected override bool Claim(ref long cursor, long position)
        {
            Volatile.Write(ref cursor, position + 1);
            return true;
        }
    }
}
