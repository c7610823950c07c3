using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace ConcurrencySpecs.Locks;

/// <summary>Watches locks in production: says where a deadlock is possible before it happens, and who waits for whom when it has.</summary>
/// <remarks>
/// <para>Progress — that of the lock watched, with a step under a lock of the monitor's own at each entering; no user code runs there but the callbacks.</para>
/// <para>Ordering — that of the lock watched. Where waits have a limit to be told of, one that passes it leaves
/// its place in line and stands in line again.</para>
/// <para>Cost — some hundred nanoseconds at each entering, a stack trace for each wait and for each new
/// order of two locks; locks that are not watched cost nothing.</para>
/// <para>Failure — a thread that ends while it holds a lock stays in the dump, as the holder that it is.</para>
/// <para>Source — lock-order graphs: Savage et al., "Eraser", TOCS 15(4), 1997; Linux lockdep.</para>
/// </remarks>
public sealed class LockMonitor
{
    // I1  a record is changed by its thread and read by whoever dumps, under the record's lock
    // I2  Held lists the locks in the order in which they were entered, one entry for each level
    private readonly LockMonitorOptions _options;
    private readonly LockOrder _order = new();
    private readonly ConcurrentDictionary<int, Record> _threads = new();
    private readonly ConcurrentQueue<LockInversion> _inversions = new();

    /// <summary>Creates a monitor that watches nothing yet.</summary>
    /// <param name="options">What to watch for; by default inversions are kept and nobody is told.</param>
    public LockMonitor(LockMonitorOptions? options = null) => _options = options ?? new();

    /// <summary>The inversions seen so far, oldest first.</summary>
    public IReadOnlyCollection<LockInversion> Inversions => [.. _inversions];

    internal TimeSpan LongWait => _options.LongWait;

    /// <summary>The same lock, watched. Use it everywhere in the place of the other, which this monitor does not see.</summary>
    /// <param name="gate">Any lock; a condition variable takes the watched one.</param>
    /// <param name="name">What reports call it.</param>
    public ILock Watch(ILock gate, string name)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new WatchedLock(this, gate, name);
    }

    /// <summary>Every thread that holds a watched lock or waits for one, with the locks, the stacks,
    /// and the circles of those who wait for each other.</summary>
    public string Dump()
    {
        var text = new StringBuilder();
        Snapshot[] all = [.. _threads.Values.Select(record => record.Look()).Where(seen => seen.Held.Length > 0 || seen.Awaited is not null)];
        foreach (Snapshot one in all.OrderBy(one => one.Thread))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"thread {one.Thread}{(one.Name is null ? "" : $" ({one.Name})")}\n");
            foreach (Entry held in one.Held) text.Append("  holds ").Append(held.Lock.Name).Append('\n').Append(Indented(held.Stack));
            if (one.Awaited is { } awaited)
            {
                text.Append("  waits for ").Append(awaited.Lock.Name).Append(", held by ").Append(HoldersOf(awaited.Lock, all)).Append('\n');
                text.Append(Indented(awaited.Stack));
            }
        }

        foreach (string circle in Circles(all)) text.Append("DEADLOCK: ").Append(circle).Append('\n');
        return text.Length == 0 ? "No watched lock is held or awaited.\n" : text.ToString();
    }

    /// <summary>By a thread that is about to wait, or may.</summary>
    internal void Enters(WatchedLock gate)
    {
        foreach (Entry held in Mine.HeldNow())
        {
            if (held.Lock == gate || _order.Add(held.Lock, gate, StackHere) is not { } inversion) continue;
            _inversions.Enqueue(inversion);
            _options.OnInversion?.Invoke(inversion);
        }
    }

    internal void Entered(WatchedLock gate) => Mine.Push(new Entry(gate, _options.NotesHolders ? StackHere() : null));

    internal void Exited(WatchedLock gate) => Mine.Pop(gate);

    internal void Waits(WatchedLock gate) => Mine.Await(new Entry(gate, StackHere()));

    internal void HasWaited() => Mine.Await(null);

    internal void WaitsLong() => _options.OnLongWait?.Invoke(Dump());

    private Record Mine => _threads.GetOrAdd(Environment.CurrentManagedThreadId, static id => new Record(id));

    // Without the frames of the monitor itself.
    private static string StackHere() => new StackTrace(skipFrames: 2, fNeedFileInfo: true).ToString();

    private static string Indented(string? stack) =>
        stack is null ? "" : string.Concat(stack.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"    {line.TrimEnd()}\n"));

    private static string HoldersOf(WatchedLock gate, Snapshot[] all)
    {
        string[] holders = [.. all.Where(one => one.Holds(gate)).Select(one => $"thread {one.Thread}")];
        return holders.Length == 0 ? "nobody any more" : string.Join(", ", holders);
    }

    // Who waits waits for one lock, so from every thread there is one way to go; each circle is told by its lowest thread.
    private static IEnumerable<string> Circles(Snapshot[] all)
    {
        foreach (Snapshot start in all)
        {
            var way = new List<Snapshot>();
            Snapshot? at = start;
            while (at is { Awaited: { } awaited } && !way.Contains(at))
            {
                way.Add(at);
                at = Array.Find(all, one => one.Holds(awaited.Lock));
            }

            if (at != start || way.Count < 2 || way.Any(one => one.Thread < start.Thread)) continue;
            IEnumerable<string> waits = way.Select(one => $"thread {one.Thread} waits for {one.Awaited!.Lock.Name}");
            yield return $"{string.Join(", ", waits)}, which thread {start.Thread} holds";
        }
    }

    private sealed record Entry(WatchedLock Lock, string? Stack);

    private sealed record Snapshot(int Thread, string? Name, Entry[] Held, Entry? Awaited)
    {
        public bool Holds(WatchedLock gate) => Array.Exists(Held, entry => entry.Lock == gate);
    }

    /// <summary>What one thread holds and awaits. Threads that end leave their number to others, who then go on with the record.</summary>
    private sealed class Record(int thread)
    {
        private readonly List<Entry> _held = [];
        private Entry? _awaited;
        private string? _name = Thread.CurrentThread.Name;

        public Entry[] HeldNow()
        {
            lock (_held) return [.. _held];
        }

        public void Push(Entry entry)
        {
            lock (_held)
            {
                _held.Add(entry);
                _name = Thread.CurrentThread.Name;
            }
        }

        public void Pop(WatchedLock gate)
        {
            lock (_held) _held.RemoveAt(_held.FindLastIndex(entry => entry.Lock == gate));
        }

        public void Await(Entry? entry)
        {
            lock (_held)
            {
                _awaited = entry;
                _name = Thread.CurrentThread.Name;
            }
        }

        public Snapshot Look()
        {
            lock (_held) return new(thread, _name, [.. _held], _awaited);
        }
    }
}
