using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>The execution being explored, its happens-before order, and the races that its alternatives come from.</summary>
/// <remarks>
/// Happens-before: the order of each thread, spawning, and the order of conflicting steps on each resource. A race is a pair of conflicting events of
/// two threads with nothing between them in that order, where the later one would have been admitted in the state before the earlier one: for
/// memory always, for a lock at the acquisition and not at the release.
/// </remarks>
internal sealed class Trace
{
    private const int LongestRounds = 64;      // events of a thread within which its rounds lie

    private bool _loaded;
    private Event[] _events = new Event[256];
    private readonly Clocks _clocks = new();
    private readonly List<int>[] _ofThread = new List<int>[Execution.MaxThreads];
    private readonly List<(int Thread, Step Step)> _pending = [];
    private readonly List<(int First, int Second)> _races = [];
    private readonly Reversal _reversal;
    private int[] _lastOnResource = new int[256];

    public Trace(SharedTree? tree = null)
    {
        for (int i = 0; i < _ofThread.Length; i++) _ofThread[i] = [];
        _reversal = new Reversal(this, tree);
    }

    public Event[] Events => _events;

    public int Count { get; set; }

    /// <summary>Races found so far.</summary>
    public long Races { get; private set; }

    internal Clocks Clocks => _clocks;

    public ref Event Add()
    {
        if (Count == _events.Length) Array.Resize(ref _events, Count * 2);
        return ref _events[Count++];
    }

    /// <summary>Begins a branch that another explorer found: the path to its node, and the first step of the branch, still unknown but for its
    /// thread.</summary>
    public void Load(SharedNode node, int thread, ulong sleep)
    {
        if (_events.Length <= node.Depth) Array.Resize(ref _events, node.Depth * 2);
        Array.Copy(node.Path, _events, node.Depth);
        _events[node.Depth] = new Event { Thread = thread, Sleep = sleep, UnderWay = sleep, Shared = node };
        Count = node.Depth + 1;
        _loaded = true;
    }

    /// <summary>Remembers what the unfinished threads would do next.</summary>
    public void Stopping(Execution execution)
    {
        _pending.Clear();
        if (execution.Verdict.Outcome == Outcome.Abandoned) return;
        for (ulong left = execution.Live; left != 0; left &= left - 1)
        {
            LogicalThread thread = execution.Thread(BitOperations.TrailingZeroCount(left));
            if (!thread.Finished && thread.Pending.Resource != 0) _pending.Add((thread.Id, thread.Pending));
        }
    }

    internal int PendingThread(int row) => _pending[row - Count].Thread;

    /// <summary>The step that a thread without further events waits to take, if it was announced.</summary>
    internal bool TryPending(int thread, out Step step)
    {
        foreach ((int id, Step pending) in _pending)
        {
            if (id != thread) continue;
            step = pending;
            return true;
        }
        step = default;
        return false;
    }

    /// <summary>Adds a wake-up branch for every race that the execution shows. What comes before <paramref name="from"/> was analysed with another
    /// ending.</summary>
    /// <remarks>
    /// A race that was known before counts again when events of this ending could go between its two: its branch is then another one. (To look at the new
    /// races alone misses executions: the specs of lastzero show it.)
    /// </remarks>
    public void Analyse(int from)
    {
        int count = Count;
        Link(count);
        int threads = 1;
        for (int i = 0; i < count; i++) threads = Math.Max(threads, _events[i].Thread + 1);
        foreach ((int thread, _) in _pending) threads = Math.Max(threads, thread + 1);
        int start = _clocks.Fit(count + _pending.Count + 2, threads) ? 0 : from;
        int known = _races.FindIndex(race => race.Second >= from);
        if (known >= 0) _races.RemoveRange(known, _races.Count - known);
        if (_loaded)
        {
            _races.Clear();
            for (int i = 0; i < from; i++) Order(i, 0);
            (start, _loaded) = (from, false);
        }
        known = _races.Count;
        for (int i = start; i < count; i++) Order(i, from);
        for (int i = 0; i < _pending.Count; i++) OrderPending(count + i, _pending[i].Thread, _pending[i].Step);
        for (int i = 0; i < _races.Count; i++)
        {
            (int first, int second) = _races[i];
            if (i >= known || HasRoom(first, from, count)) _reversal.Add(first, second, count, second < count ? default : _pending[second - count].Step);
        }
        Races += _races.Count - known;
        _pending.Clear();
    }

    /// <summary>Whether some event from <paramref name="from"/> on does not depend on the event <paramref name="first"/>.</summary>
    private bool HasRoom(int first, int from, int count)
    {
        int thread = _events[first].Thread;
        for (int k = from; k < count; k++)
            if (!_clocks.Before(first, thread, k)) return true;
        return false;
    }

    /// <summary>Fills in Cause and OnResource of every event.</summary>
    private void Link(int count)
    {
        foreach (List<int> list in _ofThread) list.Clear();
        Array.Fill(_lastOnResource, -1);
        for (int i = 0; i < count; i++)
        {
            ref Event e = ref _events[i];
            List<int> mine = _ofThread[e.Thread];
            e.Cause = mine.Count > 0 ? mine[^1] : e.Parent >= 0 && e.SpawnedAt > 0 ? _ofThread[e.Parent][e.SpawnedAt - 1] : -1;
            mine.Add(i);
            e.OnResource = -1;
            if (e.Step.Resource == 0) continue;
            e.OnResource = LastOn(e.Step.Resource);
            _lastOnResource[e.Step.Resource] = i;
        }
    }

    private int LastOn(int resource)
    {
        if (resource >= _lastOnResource.Length)
        {
            int old = _lastOnResource.Length;
            Array.Resize(ref _lastOnResource, Math.Max(old * 2, resource + 1));
            Array.Fill(_lastOnResource, -1, old, _lastOnResource.Length - old);
        }
        return _lastOnResource[resource];
    }

    private void Order(int i, int from)
    {
        ref Event e = ref _events[i];
        if (e.Cause >= 0) _clocks.Copy(e.Cause, i);
        else _clocks.Clear(i);
        if (e.Step.Stutters) JoinChanges(i, e.Thread, e.Step, e.Cause);
        if (e.Step.Resource != 0) Conflicts(i, e.Thread, e.Step, e.OnResource, i >= from);
        _clocks.Set(i, e.Thread, i + 1);
    }

    private void OrderPending(int row, int thread, in Step step)
    {
        List<int> mine = _ofThread[thread];
        int cause = mine.Count > 0 ? mine[^1] : -1;
        if (cause >= 0) _clocks.Copy(cause, row);
        else _clocks.Clear(row);
        if (step.Stutters) JoinChanges(row, thread, step, cause);
        Conflicts(row, thread, step, LastOn(step.Resource), true);
        _clocks.Set(row, thread, row + 1);
    }

    /// <summary>Joins the clocks of the events that <paramref name="row"/> conflicts with, and finds those that it races with.</summary>
    private void Conflicts(int row, int thread, in Step step, int latest, bool races)
    {
        bool writes = step.Access == Access.Write;
        bool ordered = false;                                  // a write was met: happens-before is complete
        int covered = Count + _pending.Count;                // a row of its own for what the races found so far cover
        if (races) _clocks.Copy(row, covered);
        for (int j = latest; j >= 0; j = _events[j].OnResource)
        {
            ref Event e = ref _events[j];
            bool wrote = e.Step.Access == Access.Write;
            if (!writes && !wrote) continue;
            if (e.Thread == thread)
            {
                if (wrote) return;
                continue;
            }
            bool pass = true;
            if (races && !_clocks.Before(j, e.Thread, covered))
            {
                if (Admitted(step, thread, j))
                {
                    _races.Add((j, row));
                    _clocks.Join(j, covered);
                }
                else pass = false;
            }
            if (!ordered) _clocks.Join(j, row);
            if (!wrote) continue;
            ordered = true;
            if (pass) return;
        }
    }

    /// <summary>Whether <paramref name="step"/> could have been taken just before event <paramref name="j"/>.</summary>
    private bool Admitted(in Step step, int thread, int j) => !step.Blocks || step.On is { } on && on.Admits(_events[j].Before, thread, step.Demand);

    /// <summary>
    /// A step that repeats a round was passed over until something that the rounds looked at had changed: the changes happen before it. What the
    /// thread can do without them it has done in earlier rounds.
    /// </summary>
    private void JoinChanges(int row, int thread, in Step step, int cause)
    {
        for (int k = cause + 1; k < Math.Min(row, Count); k++)
        {
            ref Event e = ref _events[k];
            if (e.Thread != thread && e.Step.Access == Access.Write && LookedAt(e.Step.Resource, step, cause)) _clocks.Join(k, row);
        }
    }

    private bool LookedAt(int resource, in Step step, int cause)
    {
        if (step.Resource == resource) return true;
        int thread = cause < 0 ? -1 : _events[cause].Thread;
        for (int k = cause, seen = 0; k >= 0 && seen < LongestRounds && _events[k].Thread == thread; k = _events[k].Cause, seen++)
            if (_events[k].Step.Resource == resource) return true;
        return false;
    }
}
