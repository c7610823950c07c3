using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Pools;

/// <summary>One idle object per thread and pool, in a few slots of the thread's own.</summary>
/// <remarks>
/// Not generic and not per pool: so the runtime finds it in a few instructions, and a thread holds at most <see cref="SlotsPerThread"/> objects however
/// many pools there are. An object stays in its slot while it is out and is only marked, because to write a reference costs more than all the rest.
/// Pools whose keys share a slot make do without it while the other one's idle object lies there; one that nobody takes between two returns to the other
/// pool (that of a pool long gone, say) is dropped at the second.
/// </remarks>
internal static class ThreadSlots
{
    public const int SlotsPerThread = 8;

    private const byte Free = 0, Idle = 1, Challenged = 2;

    // I1  a slot is read and written by its own thread only
    // I2  Idle or Challenged: the item is at rest in this slot and nowhere else. Free: what the slot still names is somebody else's affair.
    [ThreadStatic] private static Slot[]? _slots;

    private static int _lastKey;

    /// <summary>A key that names one pool.</summary>
    public static ThreadSlotKey NewKey() => new((uint)Interlocked.Increment(ref _lastKey) % SlotsPerThread);

    /// <summary>Takes the calling thread's object of the pool, if it has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object? Take(in ThreadSlotKey key)
    {
        Slot[]? slots = _slots;
        if (slots is null) return null;
        ref Slot slot = ref At(slots, key);
        if (slot.Name != key.Name || slot.State == Free) return null;
        slot.State = Free;
        return slot.Item;
    }

    /// <summary>Leaves an object with the calling thread, unless there is one already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryPut(in ThreadSlotKey key, object item)
    {
        Slot[]? slots = _slots;
        if (slots is null) return Put(key, item);
        ref Slot slot = ref At(slots, key);
        if (slot.Name != key.Name || slot.Item != item || slot.State != Free) return Put(key, item);
        slot.State = Idle;              // the one that was taken from here
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Put(in ThreadSlotKey key, object item)
    {
        ref Slot slot = ref At(_slots ??= new Slot[SlotsPerThread], key);
        if (slot.Name != key.Name && slot.State == Idle) slot.State = Challenged;
        else if (slot.Name == key.Name ? slot.State == Free : slot.State != Idle) return Fill(ref slot, key, item);
        return false;
    }

    private static bool Fill(ref Slot slot, in ThreadSlotKey key, object item)
    {
        slot = new Slot { Name = key.Name, Item = item, State = Idle };
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Slot At(Slot[] slots, in ThreadSlotKey key) =>
        // Safe because every array has SlotsPerThread slots and every index is below that.
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), key.Index);

    private struct Slot
    {
        public object? Name;
        public object? Item;
        public byte State;
    }
}

/// <summary>Names a pool without keeping it alive, and says which slot of each thread is its.</summary>
internal readonly struct ThreadSlotKey(uint index)
{
    public readonly object Name = new();
    public readonly uint Index = index;
}
