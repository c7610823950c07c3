using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Layout;

namespace ConcurrencySpecs.Queues;

/// <summary>A bounded first-in, first-out queue for any number of producer and consumer threads, without a lock.</summary>
/// <remarks>
/// <para>Progress — no thread waits for a lock, but one that reaches a slot which another is just filling or emptying waits for that one step.</para>
/// <para>Ordering — linearizable: items leave in the order they entered; all that the producer wrote before an item entered
/// is visible once it has left.</para>
/// <para>Cost — O(1), one compare-and-swap per uncontended call, no allocation after construction; 4 bytes per slot beside the item.</para>
/// <para>Failure — a thread that stops between calls is harmless; one that stops inside a call holds up those who come to its slot.</para>
/// <para>Source — Vyukov, "Bounded MPMC queue", 1024cores.net, 2010; here full and empty are answered exactly, and one slot is enough.</para>
/// </remarks>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class MpmcQueue<T> : IQueue<T>
{
    // Every slot carries a turn that only grows: 2p when it awaits the item of position p, 2p + 1 while it holds it,
    // then 2(p + Capacity). Doubling keeps "holds p" apart from "awaits p + 1" when there is a single slot. Turns keep only
    // 32 bits, which makes slots small: one that looks right because it has wrapped belongs to a stale cursor, and then the
    // compare-and-swap of the cursor, which never wraps, fails.
    //
    // I1  0 ≤ tail − head ≤ Capacity
    // I2  positions below tail are claimed by producers, positions below head by consumers, each by exactly one
    // I3  only the claimer of position p takes its slot's turn from 2p to 2p + 1, or from 2p + 1 to 2(p + Capacity)
    private readonly Sequenced[] _slots;
    private readonly int _mask;
    private MpmcCursors _cursors;

    /// <summary>Creates a queue that holds up to <paramref name="capacity"/> items, rounded up to a power of two.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1 or above 2³⁰.</exception>
    public MpmcQueue(int capacity) : this(capacity, firstPosition: 0) { }

    internal MpmcQueue(int capacity, long firstPosition)
    {
        _slots = Ring.Create<Sequenced>(capacity);
        _mask = _slots.Length - 1;
        _cursors.Head = _cursors.Tail = firstPosition;
        for (long p = firstPosition; p < firstPosition + Capacity; p++) Ring.Slot(_slots, p, _mask).Turn = (int)(2 * p);
    }

    /// <inheritdoc/>
    public int Capacity => _mask + 1;

    /// <summary>How many items are inside, counting those that a running call is just adding and not those that one is just taking.</summary>
    public int Count
    {
        get
        {
            long head = Volatile.Read(ref _cursors.Head);   // head first: tail only grows, so the difference is never negative
            long tail = Volatile.Read(ref _cursors.Tail);
            return (int)Math.Min(tail - head, Capacity);    // head may have moved since, which makes the difference too large
        }
    }

    /// <inheritdoc/>
    public bool TryEnqueue(T item)
    {
        var spin = new SpinWait();
        while (true)
        {
            long tail = Volatile.Read(ref _cursors.Tail);
            ref Sequenced slot = ref Ring.Slot(_slots, tail, _mask);
            int turnsAhead = Volatile.Read(ref slot.Turn) - (int)(2 * tail);    // acquire ← [vacate]: the slot is empty before we fill it
            if (turnsAhead == 0)
            {
                if (Interlocked.CompareExchange(ref _cursors.Tail, tail + 1, tail) != tail) continue;
                slot.Item = item;
                Volatile.Write(ref slot.Turn, (int)(2 * tail + 1));             // release → [publish]: the item precedes its turn
                return true;
            }

            if (turnsAhead > 0) continue;                   // others have passed this position since we read tail
            if (tail - Volatile.Read(ref _cursors.Head) >= Capacity) return false;  // full: tail has not shrunk since we read it
            spin.SpinOnce(sleep1Threshold: -1);             // a consumer has claimed this slot and is about to vacate it
        }
    }

    /// <inheritdoc/>
    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        var spin = new SpinWait();
        while (true)
        {
            long head = Volatile.Read(ref _cursors.Head);
            ref Sequenced slot = ref Ring.Slot(_slots, head, _mask);
            int turnsAhead = Volatile.Read(ref slot.Turn) - (int)(2 * head + 1);    // acquire ← [publish]: the item is whole before we take it
            if (turnsAhead == 0)
            {
                if (Interlocked.CompareExchange(ref _cursors.Head, head + 1, head) != head) continue;
                item = slot.Item;
                if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) slot.Item = default!;
                Volatile.Write(ref slot.Turn, (int)(2 * (head + Capacity)));        // release → [vacate]: the slot is left before it is offered again
                return true;
            }

            if (turnsAhead > 0) continue;                   // others have passed this position since we read head
            if (Volatile.Read(ref _cursors.Tail) <= head)   // empty: head has not shrunk since we read it
            {
                item = default;
                return false;
            }

            spin.SpinOnce(sleep1Threshold: -1);             // a producer has claimed this slot and is about to publish its item
        }
    }

    private struct Sequenced
    {
        public int Turn;
        public T Item;
    }
}
