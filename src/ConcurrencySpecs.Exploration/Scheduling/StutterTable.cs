namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Notices that a thread goes round in a loop in which nothing changes: spinning, polling, retrying.</summary>
/// <remarks>
/// A visit is a pair of line and resource, with the resource's version. A round is a repeated visit with an equal version, no new visit
/// since the last one and no write by the thread itself. The versions seen are what the thread waits for: see <see cref="Waits"/>.
/// </remarks>
internal sealed class StutterTable
{
    // I1  a slot counts only when its Epoch is the table's; _order[0 .. _count) are those slots
    private const int Slots = 64, Most = 16;

    private struct Visit
    {
        public int Site, Resource;
        public long Version;
        public int Epoch, Rounds, News;
        public bool Memory;
    }

    private readonly Visit[] _visits = new Visit[Slots];
    private readonly byte[] _order = new byte[Most];
    private int _epoch = 1, _count, _news;
    private int _last = -1;

    /// <summary>How many rounds the last visit completed.</summary>
    public int Rounds => _last < 0 ? 0 : _visits[_last].Rounds;

    public void Clear() => (_epoch, _count, _last) = (_epoch + 1, 0, -1);

    /// <summary>Records a visit and tells how many rounds have ended with it.</summary>
    public int Note(int site, int resource, long version, bool memory)
    {
        int slot = (site * 31 + resource) & (Slots - 1);
        while (true)
        {
            ref Visit visit = ref _visits[slot];
            if (visit.Epoch != _epoch) break;
            if (visit.Site == site && visit.Resource == resource)
            {
                if (visit.Version != version)
                {
                    Clear();                                    // something moved: all that was seen before is old
                    break;
                }
                visit.Rounds = visit.News == _news ? visit.Rounds + 1 : 0;
                visit.News = _news;
                _last = slot;
                return visit.Rounds;
            }
            slot = (slot + 1) & (Slots - 1);
        }
        if (memory && IsStale(resource, version)) Clear();
        if (_count == Most) Clear();                            // too much to remember: not a tight loop
        _order[_count++] = (byte)slot;
        _last = slot;
        ref Visit fresh = ref _visits[slot];
        (fresh.Site, fresh.Resource, fresh.Version, fresh.Epoch) = (site, resource, version, _epoch);
        (fresh.Rounds, fresh.News, fresh.Memory) = (0, ++_news, memory);
        return 0;
    }

    // A visit from another line that saw an older version would keep Waits false for ever. (An object's state may well differ within a round.)
    private bool IsStale(int resource, long version)
    {
        for (int i = 0; i < _count; i++)
        {
            ref Visit visit = ref _visits[_order[i]];
            if (visit.Resource == resource && visit.Version != version) return true;
        }
        return false;
    }

    /// <summary>Whether nothing that the rounds looked at has changed.</summary>
    public bool Waits(int[] versions, long pendingVersion)
    {
        if (_last < 0 || _visits[_last].Version != pendingVersion) return false;
        for (int i = 0; i < _count; i++)
        {
            ref Visit visit = ref _visits[_order[i]];
            if (visit.Memory && versions[visit.Resource] != visit.Version) return false;
        }
        return true;
    }
}
