using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Layout;

namespace ConcurrencySpecs.Queues;

/// <summary>An unbounded queue with two ends: its owner pushes and pops the newest item, any other thread steals the oldest.</summary>
/// <remarks>
/// <para>Progress — Push and TryPop are wait-free (growing copies what is inside); TrySteal is lock-free: it tries again when another took the item.</para>
/// <para>Ordering — linearizable; all that the owner wrote before Push is visible to whoever takes the item. The owner takes the newest, thieves take
/// the oldest.</para>
/// <para>Cost — O(1) amortised; a pop pays one full fence, and none once it has found the deque empty; a steal one fence and one
/// compare-and-swap. A stolen reference stays in its slot until the owner finds the deque empty, grows it, or uses the slot again.</para>
/// <para>Failure — a thread that stops anywhere holds up nobody; the items of an owner that stopped can be stolen.</para>
/// <para>Source — Chase and Lev, "Dynamic circular work-stealing deque", SPAA 2005; orderings of Lê, Pop, Cohen and Zappa Nardelli, PPoPP 2013.</para>
/// </remarks>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class WorkStealingDeque<T>
{
    private const int DefaultCapacity = 32;

    // Positions count up for ever and are taken modulo the ring's length. The items inside are those at [top, bottom).
    //
    // I1  top ≤ bottom, except while the owner is popping: it lowers bottom by one before it looks whether there was an item
    // I2  top only grows, and only by compare-and-swap: who moves it from p to p + 1 has taken the item of position p
    // I3  the owner takes position bottom without a compare-and-swap only when top was seen below it after bottom was lowered
    // I4  a ring that was replaced is never written again: a thief that still reads it reads what it held
    private T[] _ring;
    private DequeCursors _cursors;

    /// <summary>Creates a deque with room for some items before it first grows.</summary>
    public WorkStealingDeque() : this(DefaultCapacity) { }

    /// <summary>Creates a deque with room for <paramref name="capacity"/> items, rounded up to a power of two, before it first grows.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1 or above 2³⁰.</exception>
    public WorkStealingDeque(int capacity) => _ring = Ring.Create<T>(capacity);

    /// <summary>How many items are inside; any thread may ask, and only while nobody else is at work is it more than an estimate.</summary>
    public int Count
    {
        get
        {
            long top = Volatile.Read(ref _cursors.Top);     // top first: both ends only grow while nobody pops
            return (int)Math.Max(0, Volatile.Read(ref _cursors.Bottom) - top);
        }
    }

    /// <summary>Adds an item at the owner's end; there is always room. Only the owner calls this.</summary>
    /// <exception cref="InvalidOperationException">2³⁰ items are inside already.</exception>
    public void Push(T item)
    {
        long bottom = _cursors.Bottom;                      // plain: only the owner writes Bottom
        T[] ring = _ring;                                   // plain: only the owner replaces the ring
        if (bottom - _cursors.CachedTop >= ring.Length) ring = WithRoom(ring, bottom);

        Ring.Slot(ring, bottom, ring.Length - 1) = item;
        Volatile.Write(ref _cursors.Bottom, bottom + 1);    // release → [publish]: the item precedes the count
    }

    /// <summary>Takes the newest item unless there is none. Only the owner calls this.</summary>
    /// <returns>False when the deque was empty; <paramref name="item"/> is then default.</returns>
    public bool TryPop([MaybeNullWhen(false)] out T item)
    {
        if (_cursors.Bottom == _cursors.CachedTop)          // plain: the owner's alone; Top is never below its copy, so that nothing is inside
        {
            item = default;
            return false;
        }

        T[] ring = _ring;
        long bottom = _cursors.Bottom - 1;
        Interlocked.Exchange(ref _cursors.Bottom, bottom);  // full [reserve]: my store of Bottom before my load of Top (Dekker with [look])
        long top = Volatile.Read(ref _cursors.Top);
        if (top > bottom) return Restored(bottom + 1, out item);

        ref T slot = ref Ring.Slot(ring, bottom, ring.Length - 1);
        item = slot;
        if (top == bottom)
        {
            // The last item: a thief may be after it too, and whoever moves Top has it.
            bool won = Interlocked.CompareExchange(ref _cursors.Top, top + 1, top) == top;
            if (!won) return Restored(bottom + 1, out item);
            _cursors.Bottom = bottom + 1;                   // plain: too low a count only hides an item that is gone
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) slot = default!;
        return true;
    }

    /// <summary>Takes the oldest item unless there is none. Any thread may call this, the owner included.</summary>
    /// <returns>False when the deque was empty at one moment of the call; <paramref name="item"/> is then default.</returns>
    public bool TrySteal([MaybeNullWhen(false)] out T item)
    {
        while (true)
        {
            long top = Volatile.Read(ref _cursors.Top);
            Interlocked.MemoryBarrier();                            // full [look]: my load of Top before my load of Bottom (Dekker with [reserve])
            if (top >= Volatile.Read(ref _cursors.Bottom))          // acquire ← [publish]: the item is whole before we take it
            {
                item = default;
                return false;
            }

            T[] ring = Volatile.Read(ref _ring);                    // acquire ← [grow]: what was copied is there
            item = Ring.Slot(ring, top, ring.Length - 1);           // may be torn or gone: then Top has moved on, and the claim fails
            if (Interlocked.CompareExchange(ref _cursors.Top, top + 1, top) == top) return true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T[] WithRoom(T[] ring, long bottom)
    {
        long top = _cursors.CachedTop = Volatile.Read(ref _cursors.Top);    // whatever lies below has been taken: its slots are free
        Debug.Assert(top <= bottom, "I1");
        if (bottom - top < ring.Length) return ring;
        if (ring.Length >= Ring.MaxLength)
            throw new InvalidOperationException($"The deque holds {ring.Length} items and cannot grow further. Let its owner pop before it pushes on.");

        T[] larger = Ring.Create<T>(2 * ring.Length);
        for (long p = top; p < bottom; p++) Ring.Slot(larger, p, larger.Length - 1) = Ring.Slot(ring, p, ring.Length - 1);
        _cursors.Forgotten = top;
        Volatile.Write(ref _ring, larger);                                  // release → [grow]: the copies precede the ring
        return larger;
    }

    // There was nothing to pop. While the deque is empty no slot is in use, so that what thieves took can be let go of.
    private bool Restored(long bottom, [MaybeNullWhen(false)] out T item)
    {
        Volatile.Write(ref _cursors.Bottom, bottom);
        _cursors.CachedTop = bottom;                        // top has reached it: until the next push the owner need not look
        item = default;
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>()) return false;
        for (long p = Math.Max(_cursors.Forgotten, bottom - _ring.Length); p < bottom; p++) Ring.Slot(_ring, p, _ring.Length - 1) = default!;
        _cursors.Forgotten = bottom;
        return false;
    }
}
