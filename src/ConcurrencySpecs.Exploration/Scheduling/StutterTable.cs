using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Notices that a thread goes round in a loop in which nothing changes: spinning, polling, retrying.</summary>
/// <remarks>
/// A visit is a pair of line and resource, with the resource's version. A round is a repeated visit with an equal version, no new visit
/// since the last one and no write to memory by the thread itself. What a round saw is what the thread waits for: see <see cref="Waits"/>.
/// A step that looks at nothing, such as a yield, is counted when it comes again but is no news: loops take some in every nth round only.
/// Straight code takes no rounds: what a thread has surely not visited before is only written down, and put into the table when that is asked.
/// Cost — one comparison and two stores for a step of straight code; forgetting is one increment.
/// </remarks>
internal sealed class StutterTable
{
    // I1  a slot counts only when its Stamp is the table's; _order[0 .. _count) are those slots
    // I2  unless memory has changed since _changes, every visit to memory has the current version
    // I3  _first[_count .. _noted) are visits to memory since the last one in the table, in their order; they have the current versions
    // I4  _open is empty, or every visit to memory since the last forgetting has left the table's Stamp at its location
    private const int Slots = 64, Most = 16;

    private struct Visit
    {
        public int Site, Resource;
        public long Version, Stamp;
        public int Moment, Rounds, Repeats, News;
        public SyncObject? On;
        public int Changes;
    }

    private readonly record struct First(int Site, int Resource);

    private readonly Visit[] _visits = new Visit[Slots];
    private readonly byte[] _order = new byte[Most];
    private readonly First[] _first = new First[Most];
    private First[] _open;
    private long _changes;
    private int _count, _noted, _news;
    private int _last = -1;
    private int _moment, _roundBegan;          // counted in notes

    /// <param name="thread">The number of the thread whose visits they are.</param>
    public StutterTable(int thread) => (Stamp, _open) = (Execution.MaxThreads + thread, _first);

    /// <summary>What no other table of the execution has, and this one only until it forgets.</summary>
    public long Stamp { get; private set; }

    /// <summary>How many rounds the last visit completed.</summary>
    public int Rounds => _last < 0 || _count < _noted ? 0 : _visits[_last].Rounds;

    /// <summary>How many times the last visit was a repeated one, whatever others did meanwhile.</summary>
    public int Repeats => _last < 0 || _count < _noted ? 0 : _visits[_last].Repeats;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Clear()
    {
        Stamp += Execution.MaxThreads;
        (_count, _noted, _last, _changes) = (0, 0, -1, -1);
        if (_open.Length == 0) _open = _first;
    }

    /// <summary>Records a visit to memory when the thread has certainly not been there since it last forgot, and neither paused.</summary>
    /// <param name="visited">Who was at the location last.</param>
    /// <param name="site">The line, and which of its steps.</param>
    /// <param name="resource">What it looks at.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsFirst(ref long visited, int site, int resource)
    {
        if (visited == Stamp) return false;
        First[] open = _open;
        int noted = _noted;
        if ((uint)noted >= (uint)open.Length)
        {
            if (open.Length == 0) return false;
            Clear();                                            // as in Note
            noted = 0;
        }
        visited = Stamp;
        open[noted] = new First(site, resource);
        _noted = noted + 1;
        return true;
    }

    /// <summary>Others go on: they may change what was visited, and visit it.</summary>
    public void Pause(int[] versions)
    {
        if (_count < _noted) Settle(versions);
        if (_open.Length != 0) _open = [];
    }

    /// <summary>Records a visit and tells how many rounds have ended with it.</summary>
    /// <param name="site">The line, and which of its steps.</param>
    /// <param name="resource">What it looks at.</param>
    /// <param name="version">How often that has changed.</param>
    /// <param name="on">The object, when it is one.</param>
    /// <param name="versions">The current versions of everything in memory,</param>
    /// <param name="changes">and how often any of them has changed.</param>
    public int Note(int site, int resource, long version, SyncObject? on, int[] versions, long changes)
    {
        if (_count < _noted) Settle(versions);
        if (changes != _changes)
        {
            if (!IsCurrent(versions)) Clear();                  // something moved: all that was seen before is old
            _changes = changes;
        }
        if (on is not null) See(on);
        int slot = SlotOf(site, resource);
        if (_visits[slot].Stamp == Stamp)
        {
            ref Visit visit = ref _visits[slot];
            if (visit.Version == version)
            {
                visit.Rounds = visit.News == _news ? visit.Rounds + 1 : 0;
                visit.News = _news;
                visit.Repeats++;
                (_roundBegan, visit.Moment) = (visit.Moment, ++_moment);
                _last = slot;
                return visit.Rounds;
            }
            Clear();
        }
        if (_count == Most) Clear();                            // too much to remember: not a tight loop
        Add(site, resource, version, on);
        _noted = _count;
        return 0;
    }

    /// <summary>Puts into the table what is only written down.</summary>
    private void Settle(int[] versions)
    {
        while (_count < _noted)
        {
            (int site, int resource) = _first[_count];
            Add(site, resource, versions[resource], null);
        }
    }

    private void Add(int site, int resource, long version, SyncObject? on)
    {
        int slot = SlotOf(site, resource);
        _order[_count++] = (byte)slot;
        _last = slot;
        _moment++;
        if (resource != 0)
        {
            _news++;
            _roundBegan = _moment;
        }
        ref Visit fresh = ref _visits[slot];
        (fresh.Site, fresh.Resource, fresh.Version, fresh.Stamp) = (site, resource, version, Stamp);
        (fresh.Rounds, fresh.Repeats, fresh.News, fresh.Moment) = (0, 0, _news, _moment);
        if (fresh.On != on) fresh.On = on;
        if (on is not null) fresh.Changes = on.Changes;
    }

    /// <summary>Where a visit stands, or the free slot that is meant for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(int site, int resource)
    {
        int slot = (site * 31 + resource) & (Slots - 1);
        while (_visits[slot].Stamp == Stamp && (_visits[slot].Site != site || _visits[slot].Resource != resource)) slot = (slot + 1) & (Slots - 1);
        return slot;
    }

    /// <summary>Whether nothing that the last round looked at has changed. What the thread did before its loop does not count.</summary>
    public bool Waits(int[] versions, long pendingVersion)
    {
        if (_count < _noted) Settle(versions);
        return _last >= 0 && _visits[_last].Version == pendingVersion && IsCurrent(versions) && IsLeftAlone();
    }

    /// <summary>Others have done something to the object since the last look at it: rounds begin again.</summary>
    private void See(SyncObject on)
    {
        bool news = false;
        for (int i = 0; i < _count; i++)
        {
            ref Visit visit = ref _visits[_order[i]];
            if (visit.On != on || visit.Changes == on.Changes) continue;
            visit.Changes = on.Changes;
            news = true;
        }
        if (news) _news++;
    }

    /// <summary>The thread's own step, the last one noted, was such a change.</summary>
    public void Changed(SyncObject on)
    {
        for (int i = 0; i < _count; i++)
        {
            ref Visit visit = ref _visits[_order[i]];
            if (visit.On == on) visit.Changes = on.Changes;
        }
    }

    // An object's state may well differ within a round; what others do to it may not.
    private bool IsLeftAlone()
    {
        for (int i = 0; i < _count; i++)
        {
            ref Visit visit = ref _visits[_order[i]];
            if (visit.Moment >= _roundBegan && visit.On is { } on && on.Changes != visit.Changes) return false;
        }
        return true;
    }

    private bool IsCurrent(int[] versions)
    {
        for (int i = 0; i < _count; i++)
        {
            ref Visit visit = ref _visits[_order[i]];
            if (visit.On is null && visit.Resource != 0 && versions[visit.Resource] != visit.Version) return false;
        }
        return true;
    }
}
