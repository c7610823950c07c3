using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Pools;

/// <summary>One idle object per thread and pool, in a few slots of the thread's own.</summary>
/// <remarks>
/// Not generic and not per pool: so the runtime finds it in a few instructions, and a thread holds at most <see cref="SlotsPerThread"/> objects however
/// many pools there are. Pools whose keys share a slot make do without it while the other one's object lies there; one that nobody takes between two
/// returns to the other pool (that of a pool long gone, say) is dropped at the second.
/// </remarks>
internal static class ThreadSlots
{
    public const int SlotsPerThread = 8;

    // I1  a slot is read and written by its own thread only; it holds an item exactly while the pool that its key names has one here
    [ThreadStatic] private static Slot[]? _slots;

    private static int _lastKey;

    /// <summary>A key that names one pool.</summary>
    public static ThreadSlotKey NewKey() => new(Interlocked.Increment(ref _lastKey) % SlotsPerThread);

    /// <summary>Takes the calling thread's object of the pool, if it has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object? Take(ThreadSlotKey key)
    {
        Slot[]? slots = _slots;
        if (slots is null) return null;
        ref Slot slot = ref slots[key.Index];
        if (slot.Key != key) return null;
        object? item = slot.Item;
        slot.Item = null;
        slot.Challenged = false;
        return item;
    }

    /// <summary>Leaves an object with the calling thread, unless there is one already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryPut(ThreadSlotKey key, object item)
    {
        ref Slot slot = ref (_slots ??= new Slot[SlotsPerThread])[key.Index];
        if (slot.Item is not null && !TakesOver(ref slot, key)) return false;
        if (slot.Key != key) slot.Key = key;
        slot.Item = item;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TakesOver(ref Slot slot, ThreadSlotKey key)
    {
        if (slot.Key == key) return false;
        slot.Challenged = !slot.Challenged;
        return !slot.Challenged;
    }

    private struct Slot
    {
        public ThreadSlotKey? Key;
        public object? Item;
        public bool Challenged;
    }
}

/// <summary>Names a pool without keeping it alive.</summary>
internal sealed class ThreadSlotKey(int index)
{
    public int Index => index;
}
