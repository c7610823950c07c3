namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Numbers the addresses that an execution touches, in the order of first use.</summary>
/// <remarks>Cost — one multiplication and usually one probe; forgetting everything is one increment.</remarks>
internal sealed class LocationTable
{
    private struct Entry
    {
        public nint Address;
        public int Epoch;
        public int Resource;
    }

    // I1  an entry counts only when its Epoch is the table's; all others are free
    // I2  at most half of the entries count, so that a probe ends
    private Entry[] _entries = new Entry[1024];
    private int _epoch = 1;
    private int _used;

    public void Clear() => (_epoch, _used) = (_epoch + 1, 0);

    /// <summary>The number of <paramref name="address"/>; <paramref name="next"/> is given to a new one and counted up.</summary>
    public int NumberOf(nint address, ref int next)
    {
        Entry[] entries = _entries;
        int mask = entries.Length - 1;
        for (int slot = Home(address) & mask; ; slot = (slot + 1) & mask)
        {
            ref Entry entry = ref entries[slot];
            if (entry.Epoch != _epoch)
            {
                entry = new Entry { Address = address, Epoch = _epoch, Resource = next++ };
                int resource = entry.Resource;
                if (++_used * 2 > mask) Grow();
                return resource;
            }
            if (entry.Address == address) return entry.Resource;
        }
    }

    private static int Home(nint address) => (int)(((ulong)address * 0x9E3779B97F4A7C15ul) >> 36);

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[old.Length * 2];
        int mask = _entries.Length - 1;
        foreach (Entry entry in old)
        {
            if (entry.Epoch != _epoch) continue;
            int slot = Home(entry.Address) & mask;
            while (_entries[slot].Epoch == _epoch) slot = (slot + 1) & mask;
            _entries[slot] = entry;
        }
    }
}
