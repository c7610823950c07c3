using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Pools;

/// <summary>One idle object of a pool for each thread, found by the number of the thread.</summary>
/// <remarks>
/// Not generic, and indexed by a number that lies in the thread's own storage: so the runtime finds a slot in a few instructions. An object stays in its
/// slot while it is out and is only marked, because to write a reference costs more than all the rest. A thread that ends leaves its slot, and what is
/// idle there, to the next one that is given its number; a pool that ends takes all its slots with it.
/// </remarks>
internal struct ThreadSlots
{
    // I1  a slot stands at the number of the one thread that reads and writes it; at 0, which is nobody's number, stands none
    // I2  Idle: the item is at rest in this slot and nowhere else. Otherwise what the slot still names is somebody else's affair.
    // I3  who makes the array longer may miss a slot that is entered meanwhile: its thread enters a new one, and an idle object is forgotten
    private Slot?[] _slots;

    /// <summary>No slots yet.</summary>
    public static ThreadSlots None => new() { _slots = [] };

    /// <summary>Takes the calling thread's object, if it has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public object? Take()
    {
        Slot?[] slots = Volatile.Read(ref _slots);              // acquire ← [slots]
        uint me = (uint)ThreadNumber.IfKnown;
        if (me >= (uint)slots.Length || slots[me] is not { IsIdle: true } mine) return null;
        mine.IsIdle = false;
        return mine.Item;
    }

    /// <summary>The same for a thread that may not know its number yet: an object may have been left to it.</summary>
    public object? TakeSlowly()
    {
        _ = ThreadNumber.Mine;
        return Take();
    }

    /// <summary>Leaves an object with the calling thread, if it is the one that was taken from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPutBack(object item)
    {
        Slot?[] slots = Volatile.Read(ref _slots);              // acquire ← [slots]
        uint me = (uint)ThreadNumber.IfKnown;
        if (me >= (uint)slots.Length || slots[me] is not { } mine || mine.Item != item || mine.IsIdle) return false;
        mine.IsIdle = true;
        return true;
    }

    /// <summary>Leaves an object with the calling thread, unless there is one already.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryPut(object item)
    {
        ref Slot? mine = ref Mine();
        mine ??= new Slot();
        if (mine.IsIdle) return false;
        (mine.Item, mine.IsIdle) = (item, true);
        return true;
    }

    private ref Slot? Mine()
    {
        int me = ThreadNumber.Mine;
        Debug.Assert(me > 0, "I1");
        Slot?[] slots = Volatile.Read(ref _slots);              // acquire ← [slots]
        while (me >= slots.Length)
        {
            var longer = new Slot?[BitOperations.RoundUpToPowerOf2((uint)me + 1)];
            for (int i = 0; i < slots.Length; i++) longer[i] = Volatile.Read(ref slots[i]);
            Slot?[] found = Interlocked.CompareExchange(ref _slots, longer, slots);     // release → [slots]
            slots = found == slots ? longer : found;
        }

        return ref slots[me];
    }

    /// <summary>Wide enough that two threads' slots never share a cache line, wherever the collector puts them.</summary>
    private sealed class Slot
    {
        public object? Item;
        public bool IsIdle;
        private readonly Padding _padding;

        [StructLayout(LayoutKind.Sequential, Size = 112)]
        private struct Padding;
    }
}
