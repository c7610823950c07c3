namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Notices that a thread goes round in a loop in which nothing changes: spinning, polling, retrying.</summary>
/// <remarks>
/// A visit is a pair of line and resource, with the resource's version. A round is a repeated visit with an equal version, no new visit
/// since the last one and no write to memory by the thread itself. What a round saw is what the thread waits for: see <see cref="Waits"/>.
/// A step that looks at nothing, such as a yield, is counted when it comes again but is no news: loops take some in every nth round only.
/// Cost — one probe for a step of straight code; forgetting is one increment.
/// </remarks>
internal sealed class StutterTable
{
    // I1  a slot counts only when its Epoch is the table's; _order[0 .. _count) are those slots
    // I2  unless memory has changed since _changes, every visit to memory has the current version
    private const int Slots = 64, Most = 16;

    private struct Visit
    {
        public int Site, Resource, Moment;
        public long Version;
        public int Epoch, Rounds, Repeats, News;
        public SyncObject? On;
        public int Changes;
    }

    private readonly Visit[] _visits = new Visit[Slots];
    private readonly byte[] _order = new byte[Most];
    private long _changes;
    private int _epoch = 1, _count, _news;
    private int _last = -1;
    private int _moment, _roundBegan;          // counted in notes

    /// <summary>How many rounds the last visit completed.</summary>
    public int Rounds => _last < 0 ? 0 : _visits[_last].Rounds;

    /// <summary>How many times the last visit was a repeated one, whatever others did meanwhile.</summary>
    public int Repeats => _last < 0 ? 0 : _visits[_last].Repeats;

    public void Clear() => (_epoch, _count, _last) = (_epoch + 1, 0, -1);

    /// <summary>Records a visit and tells how many rounds have ended with it.</summary>
    /// <param name="site">The line, and which of its steps.</param>
    /// <param name="resource">What it looks at.</param>
    /// <param name="version">How often that has changed.</param>
    /// <param name="on">The object, when it is one.</param>
    /// <param name="versions">The current versions of everything in memory,</param>
    /// <param name="changes">and how often any of them has changed.</param>
    public int Note(int site, int resource, long version, SyncObject? on, int[] versions, long changes)
    {
        if (changes != _changes)
        {
            _changes = changes;
            if (!IsCurrent(versions)) Clear();                  // something moved: all that was seen before is old
        }
        if (on is not null) See(on);
        _moment++;
        int slot = (site * 31 + resource) & (Slots - 1);
        while (true)
        {
            ref Visit visit = ref _visits[slot];
            if (visit.Epoch != _epoch) break;
            if (visit.Site == site && visit.Resource == resource)
            {
                if (visit.Version != version)
                {
                    Clear();
                    break;
                }
                visit.Rounds = visit.News == _news ? visit.Rounds + 1 : 0;
                visit.News = _news;
                visit.Repeats++;
                (_roundBegan, visit.Moment) = (visit.Moment, _moment);
                _last = slot;
                return visit.Rounds;
            }
            slot = (slot + 1) & (Slots - 1);
        }
        if (_count == Most) Clear();                            // too much to remember: not a tight loop
        _order[_count++] = (byte)slot;
        _last = slot;
        ref Visit fresh = ref _visits[slot];
        (fresh.Site, fresh.Resource, fresh.Version, fresh.Epoch) = (site, resource, version, _epoch);
        if (resource != 0)
        {
            _news++;
            _roundBegan = _moment;
        }
        (fresh.Rounds, fresh.Repeats, fresh.News, fresh.Moment) = (0, 0, _news, _moment);
        if (fresh.On != on) fresh.On = on;
        if (on is not null) fresh.Changes = on.Changes;
        return 0;
    }

    /// <summary>Whether nothing that the last round looked at has changed. What the thread did before its loop does not count.</summary>
    public bool Waits(int[] versions, long pendingVersion) =>
        _last >= 0 && _visits[_last].Version == pendingVersion && IsCurrent(versions) && IsLeftAlone();

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
