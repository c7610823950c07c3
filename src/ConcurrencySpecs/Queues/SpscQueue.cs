using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Layout;

namespace ConcurrencySpecs.Queues;

/// <summary>A bounded first-in, first-out queue for one producer thread and one consumer thread.</summary>
/// <remarks>
/// <para>Progress — wait-free: each call completes in a bounded number of its own steps.</para>
/// <para>Ordering — items leave in the order they entered; all that the producer wrote before an item entered is visible once that item has left.</para>
/// <para>Cost — O(1) per item, no allocation after construction; the other side's cache line is read only when the last look at it no longer helps.
/// The ring has twice as many slots as items; the producer takes cache lines ahead, at most 64 at once.</para>
/// <para>Failure — a thread that stops, even inside a call, leaves the queue usable by the other: an item is in it from its
/// publication to its removal.</para>
/// <para>Source — Lamport, "Specifying Concurrent Program Modules", TOPLAS 5(2), 1983; cached cursors: Lee, Bu and Chandranmenon, IPDPS 2010.</para>
/// </remarks>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class SpscQueue<T> : IQueue<T>
{
    // I1  0 ≤ tail − head ≤ Capacity
    // I2  slots [head, tail) hold items in arrival order; every other slot is default (or dead, where T holds no reference)
    // I3  a cached cursor never runs ahead of the field it copies, so a stale copy can only make its side look again
    // I4  tail ≤ granted ≤ head + Capacity: slots [tail, granted) are the producer's, and their lines were asked for
    private const int Line = 64, LinesAtOnce = 64;

    // A ring of twice the capacity, since in a full one the producer writes into the line that the consumer is reading; and before it a line
    // unused, since every access reads the array's header, and items beside it would take that line away.
    private readonly T[] _slots;
    private readonly int _mask, _capacity;
    private SpscCursors _cursors;

    /// <summary>Creates a queue that holds up to <paramref name="capacity"/> items, rounded up to a power of two.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1 or above 2³⁰.</exception>
    public SpscQueue(int capacity)
    {
        _capacity = Ring.LengthFor(capacity);
        int length = (int)Math.Min(2L * _capacity, Ring.MaxLength);
        _slots = new T[PerLine + length];
        _mask = length - 1;
    }

    /// <inheritdoc/>
    public int Capacity => _capacity;

    /// <summary>How many items are inside; any thread may ask, and only a caller whose other side rests gets more than an estimate.</summary>
    public int Count
    {
        get
        {
            long head = Volatile.Read(ref _cursors.Head);   // head first: tail only grows, so the difference is never negative
            long tail = Volatile.Read(ref _cursors.Tail);
            return (int)Math.Min(tail - head, Capacity);    // head may have moved since, which makes the difference too large
        }
    }

    /// <summary>Appends an item unless the queue is full. Only the producer calls this.</summary>
    /// <returns>False when the queue was full; the item then stays with the caller.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]      // a call would write to its stack as often as to the queue
    public bool TryEnqueue(T item)
    {
        long tail = _cursors.Tail;                          // plain: only the producer writes Tail
        if (tail == _cursors.Granted && Grant(tail, 1) == 0) return false;

        Slot(tail) = item;
        Volatile.Write(ref _cursors.Tail, tail + 1);        // release → [publish]: the item precedes the count
        return true;
    }

    /// <summary>Appends as many of <paramref name="items"/> as fit, first ones first, and publishes them at once. Only the producer calls this.</summary>
    /// <returns>How many were appended, from 0 to all of them.</returns>
    public int TryEnqueue(ReadOnlySpan<T> items)
    {
        long tail = _cursors.Tail;                          // plain: only the producer writes Tail
        long free = _cursors.Granted - tail;
        if (free < items.Length) free = Grant(tail, items.Length);
        int count = (int)Math.Min(items.Length, free);

        Span<T> slots = SlotsFrom(tail);
        int untilEnd = Math.Min(count, slots.Length);
        items[..untilEnd].CopyTo(slots);
        items[untilEnd..count].CopyTo(SlotsFrom(0));
        Volatile.Write(ref _cursors.Tail, tail + count);    // release → [publish]: the items precede the count
        return count;
    }

    /// <summary>Takes the oldest item unless the queue is empty. Only the consumer calls this.</summary>
    /// <returns>False when the queue was empty; <paramref name="item"/> is then default.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        long head = _cursors.Head;                          // plain: only the consumer writes Head
        if (head == _cursors.CachedTail && Filled(head) == 0)
        {
            item = default;
            return false;
        }

        ref T slot = ref Slot(head);
        item = slot;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) slot = default!;
        Volatile.Write(ref _cursors.Head, head + 1);        // release → [vacate]: the slot is left before it is offered again
        return true;
    }

    /// <summary>Takes as many items as there are and <paramref name="items"/> has room for, oldest first. Only the consumer calls this.</summary>
    /// <returns>How many were taken; the rest of <paramref name="items"/> is untouched.</returns>
    public int TryDequeue(Span<T> items)
    {
        long head = _cursors.Head;                          // plain: only the consumer writes Head
        long filled = _cursors.CachedTail - head;
        if (filled < items.Length) filled = Filled(head);
        int count = (int)Math.Min(items.Length, filled);

        Span<T> slots = SlotsFrom(head);
        int untilEnd = Math.Min(count, slots.Length);
        Move(slots[..untilEnd], items);
        Move(SlotsFrom(0)[..(count - untilEnd)], items[untilEnd..]);
        Volatile.Write(ref _cursors.Head, head + count);    // release → [vacate]: the slots are left before they are offered again
        return count;
    }

    // The producer looks at the consumer's line, which is why it is asked only when its last look no longer helps. And it asks for the lines of the
    // slots that it is about to fill, with a store into each: the processor brings them all at once, and would bring them one by one later.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Grant(long tail, int wanted)
    {
        long end = _cursors.CachedHead + _capacity;
        if (end - tail < wanted)
        {
            _cursors.CachedHead = Volatile.Read(ref _cursors.Head);     // acquire ← [vacate]: a slot is empty before we fill it
            end = _cursors.CachedHead + _capacity;
        }

        end = Math.Min(end, tail + Math.Max(wanted, LinesAtOnce * PerLine));
        Debug.Assert(tail <= end && end <= tail + _capacity, "I4");
        for (long position = tail + PerLine; position < end; position += PerLine) Slot(position) = default!;
        _cursors.Granted = end;
        return end - tail;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Filled(long head)
    {
        _cursors.CachedTail = Volatile.Read(ref _cursors.Tail);     // acquire ← [publish]: an item is whole before we take it
        long filled = _cursors.CachedTail - head;
        Debug.Assert(filled >= 0 && filled <= _capacity, "I1");
        return filled;
    }

    private static int PerLine => Math.Max(1, Line / Unsafe.SizeOf<T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T Slot(long position) => ref Unsafe.Add(ref Ring.Slot(_slots, position, _mask), PerLine);     // safe: the array is so much longer

    private Span<T> SlotsFrom(long position) => _slots.AsSpan(PerLine + ((int)position & _mask));

    private static void Move(Span<T> from, Span<T> to)
    {
        from.CopyTo(to);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) from.Clear();
    }
}
