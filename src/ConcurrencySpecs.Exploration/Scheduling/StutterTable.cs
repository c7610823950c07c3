namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Notices that a thread goes round in a loop in which nothing changes: spinning, polling, retrying.</summary>
/// <remarks>
/// A visit is a pair of line and resource, with the resource's version. A round is a repeated visit with an equal version, no new visit
/// since the last one and no write by the thread itself. The versions seen are what the thread waits for: see <see cref="Waits"/>.
/// </remarks>
internal sealed class StutterTable
{
    private const int Capacity = 16;

    private struct Visit
    {
        public int Site;
        public int Resource;
        public long Version;
        public int Rounds;
        public int News;
        public bool Memory;
    }

    private readonly Visit[] _visits = new Visit[Capacity];
    private int _count;
    private int _news;
    private int _last = -1;

    /// <summary>How many rounds the last visit completed.</summary>
    public int Rounds => _last < 0 ? 0 : _visits[_last].Rounds;

    public void Clear() => (_count, _news, _last) = (0, 0, -1);

    /// <summary>Records a visit and tells how many rounds have ended with it.</summary>
    public int Note(int site, int resource, long version, bool memory)
    {
        for (int i = 0; i < _count; i++)
        {
            ref Visit visit = ref _visits[i];
            if (visit.Resource != resource) continue;
            if (visit.Version != version)
            {
                _count = 0;                                     // something moved: all that was seen before is old
                break;
            }
            if (visit.Site != site) continue;
            visit.Rounds = visit.News == _news ? visit.Rounds + 1 : 0;
            visit.News = _news;
            _last = i;
            return visit.Rounds;
        }
        if (_count == Capacity) _count = 0;                     // too much to remember: not a tight loop
        _last = _count++;
        _visits[_last] = new Visit { Site = site, Resource = resource, Version = version, News = ++_news, Memory = memory };
        return 0;
    }

    /// <summary>Whether nothing that the rounds looked at has changed.</summary>
    public bool Waits(int[] versions, long pendingVersion)
    {
        if (_last < 0 || _visits[_last].Version != pendingVersion) return false;
        for (int i = 0; i < _count; i++)
            if (_visits[i].Memory && versions[_visits[i].Resource] != _visits[i].Version) return false;
        return true;
    }

    /// <summary>Whether the rounds looked at <paramref name="resource"/>.</summary>
    public bool Watches(int resource)
    {
        for (int i = 0; i < _count; i++)
            if (_visits[i].Resource == resource) return true;
        return false;
    }
}
