using ConcurrencySpecs.Contracts.Queues;
using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Broken.Queues;

/// <summary>A work-stealing deque that grows, correct as it stands; each twin overrides one step.</summary>
internal class DequeTwin(int capacity) : IDeque
{
    protected int[] Ring = new int[capacity];
    protected long Top;
    protected long Bottom;

    public virtual void Push(int item)
    {
        long top = Volatile.Read(ref Top);
        if (Bottom - top >= Ring.Length) Volatile.Write(ref Ring, Grown(top));
        Ring[Bottom % Ring.Length] = item;
        Volatile.Write(ref Bottom, Bottom + 1);
    }

    public bool TryPop(out int item)
    {
        item = 0;
        (long top, long bottom) = Reserve();
        if (top > bottom) return GaveBack(bottom);
        item = Ring[bottom % Ring.Length];
        if (top < bottom) return true;
        bool won = TakeLast(top);
        GaveBack(bottom);
        return won;
    }

    public bool TrySteal(out int item)
    {
        while (true)
        {
            item = 0;
            long top = Volatile.Read(ref Top);
            if (top >= Volatile.Read(ref Bottom)) return false;
            if (Claim(top, out item)) return true;
        }
    }

    /// <summary>Lowers bottom, and only then looks at top.</summary>
    protected virtual (long Top, long Bottom) Reserve()
    {
        long bottom = Interlocked.Decrement(ref Bottom);
        return (Volatile.Read(ref Top), bottom);
    }

    protected virtual bool TakeLast(long top) => Interlocked.CompareExchange(ref Top, top + 1, top) == top;

    protected virtual bool Claim(long top, out int item)
    {
        int[] ring = Volatile.Read(ref Ring);
        item = ring[top % ring.Length];
        return Interlocked.CompareExchange(ref Top, top + 1, top) == top;
    }

    protected virtual int[] Grown(long top)
    {
        int[] larger = new int[2 * Ring.Length];
        for (long p = top; p < Bottom; p++) larger[p % larger.Length] = Ring[p % Ring.Length];
        return larger;
    }

    private bool GaveBack(long bottom)
    {
        Volatile.Write(ref Bottom, bottom + 1);
        return false;
    }
}

[Broken("takes the last item without asking whether a thief has it: no compare-and-swap", "Interleavings")]
public sealed class DequeTakesTheLastUnasked : StealingContract
{
    protected override IDeque NewSubject() => new Twin();

    private sealed class Twin() : DequeTwin(InitialCapacity)
    {
        protected override bool TakeLast(long top)
        {
            Volatile.Write(ref Top, top + 1);
            return true;
        }
    }
}

[Broken("claims by a plain write, so that two thieves take the same item", "Interleavings")]
public sealed class DequeStolenTwice : StealingContract
{
    protected override IDeque NewSubject() => new Twin();

    private sealed class Twin() : DequeTwin(InitialCapacity)
    {
        protected override bool Claim(long top, out int item)
        {
            int[] ring = Volatile.Read(ref Ring);
            item = ring[top % ring.Length];
            Volatile.Write(ref Top, top + 1);
            return true;
        }
    }
}

[Broken("looks at top before it has lowered bottom, which is what a processor makes of a pop without the fence", "Interleavings")]
public sealed class DequePopsWithoutTheFence : StealingContract
{
    // One thief is enough: it takes two items between the owner's two accesses.
    protected override IEnumerable<Operation<IDeque, Sequence<int>>> Operations => [Push, Pop, Steal("TrySteal").By("thief")];

    protected override IDeque NewSubject() => new Twin();

    private sealed class Twin() : DequeTwin(InitialCapacity)
    {
        protected override (long Top, long Bottom) Reserve()
        {
            long top = Volatile.Read(ref Top);
            return (top, Interlocked.Decrement(ref Bottom));
        }
    }
}

[Broken("reads the slot after it has claimed it, when the owner may be using it again", "Interleavings")]
public sealed class DequeReadsAfterTheClaim : StealingContract
{
    protected override IDeque NewSubject() => new Twin();

    private sealed class Twin() : DequeTwin(InitialCapacity)
    {
        protected override bool Claim(long top, out int item)
        {
            item = 0;
            if (Interlocked.CompareExchange(ref Top, top + 1, top) != top) return false;
            int[] ring = Volatile.Read(ref Ring);
            item = ring[top % ring.Length];
            return true;
        }
    }
}

[Broken("copies the slots and not the positions when it grows, so that items change places", "Sequential")]
public sealed class DequeGrowsBySlots : StealingContract
{
    protected override IDeque NewSubject() => new Twin();

    private sealed class Twin() : DequeTwin(2)
    {
        protected override int[] Grown(long top)
        {
            int[] larger = new int[2 * Ring.Length];
            Ring.CopyTo(larger, 0);
            return larger;
        }
    }
}
