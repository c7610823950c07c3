using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>A place in memory that an execution has touched.</summary>
internal struct Location
{
    public nint Address;

    /// <summary>The execution's number for it.</summary>
    public int Resource;

    public int Epoch;

    /// <summary>The <see cref="StutterTable.Stamp"/> of the thread that visited it last, as it was then.</summary>
    public long Visited;
}

/// <summary>Numbers the addresses that an execution touches, in the order of first use.</summary>
/// <remarks>Cost — one multiplication and usually one probe; forgetting everything is one increment.</remarks>
internal sealed class LocationTable
{
    // I1  an entry counts only when its Epoch is the table's; all others are free
    // I2  at most half of the entries count, so that a probe ends
    private Location[] _entries = new Location[1024];
    private int _epoch = 1;
    private int _used;

    public void Clear() => (_epoch, _used) = (_epoch + 1, 0);

    /// <summary>Where <paramref name="address"/> stands if nothing stood in its way; see <see cref="IsOf"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Location AtHome(nint address)
    {
        Location[] entries = _entries;
        return ref entries[Home(address) & (entries.Length - 1)];
    }

    /// <summary>Whether an entry is that of <paramref name="address"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsOf(in Location entry, nint address) => entry.Address == address && entry.Epoch == _epoch;

    /// <summary>The entry of <paramref name="address"/>; <paramref name="next"/> is given to a new one and counted up.</summary>
    public ref Location Of(nint address, ref int next)
    {
        Location[] entries = _entries;
        int mask = entries.Length - 1;
        for (int slot = Home(address) & mask; ; slot = (slot + 1) & mask)
        {
            ref Location entry = ref entries[slot];
            if (IsOf(entry, address)) return ref entry;
            if (entry.Epoch == _epoch) continue;
            if ((_used + 1) * 2 > mask)
            {
                Grow();
                return ref Of(address, ref next);
            }
            _used++;
            entry = new Location { Address = address, Epoch = _epoch, Resource = next++ };
            return ref entry;
        }
    }

    private static int Home(nint address) => (int)(((ulong)address * 0x9E3779B97F4A7C15ul) >> 36);

    private void Grow()
    {
        Location[] old = _entries;
        _entries = new Location[old.Length * 2];
        int mask = _entries.Length - 1;
        foreach (Location entry in old)
        {
            if (entry.Epoch != _epoch) continue;
            int slot = Home(entry.Address) & mask;
            while (_entries[slot].Epoch == _epoch) slot = (slot + 1) & mask;
            _entries[slot] = entry;
        }
    }
}
