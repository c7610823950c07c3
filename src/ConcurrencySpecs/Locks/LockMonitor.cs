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
/// <para>Failure — a thread that ends while it holds a lock stays in the dump, as the holder that it is. What no thread holds (an
/// <see cref="AsyncLock"/>, units of a semaphore that has several) is not watched.</para>
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
        return new WatchedLock(this, new(name), gate);
    }

    /// <summary>The same reader–writer lock, watched: its two sides, which count as one where orders and circles are looked for.</summary>
    /// <inheritdoc cref="Watch(ILock, string)" path="param"/>
    public WatchedReaderWriterLock Watch(PhaseFairReaderWriterLock gate, string name)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(this, gate, name);
    }

    /// <summary>A semaphore of one unit as a lock, watched: it is held by the thread that has taken the unit, which also gives it back.</summary>
    /// <inheritdoc cref="Watch(ILock, string)" path="param"/>
    /// <exception cref="ArgumentException">There may be more units than one: who waits then waits for nobody in particular.</exception>
    public ILock Watch(CountingSemaphore gate, string name)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (gate.Maximum != 1) throw new ArgumentException(
            $"The semaphore has up to {gate.Maximum} units, so that who waits waits for nobody in particular. Watch semaphores whose maximum is 1.", nameof(gate));
        var resource = new WatchedResource(name);
        return new WatchedLock(this, resource, new WatchedUnit(this, resource, gate));
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
            foreach (Entry held in one.Held) text.Append("  holds ").Append(held.Resource.Name).Append('\n').Append(Indented(held.Stack));
            if (one.Awaited is { } awaited)
            {
                text.Append("  waits for ").Append(awaited.Resource.Name).Append(", held by ").Append(HoldersOf(awaited.Resource, all)).Append('\n');
                text.Append(Indented(awaited.Stack));
            }
        }

        foreach (string circle in Circles(all)) text.Append("DEADLOCK: ").Append(circle).Append('\n');
        return text.Length == 0 ? "No watched lock is held or awaited.\n" : text.ToString();
    }

    /// <summary>Whether the calling thread holds it.</summary>
    internal bool IsHeld(WatchedResource resource) => Array.Exists(Mine.HeldNow(), held => held.Resource == resource);

    /// <summary>By a thread that is about to wait, or may.</summary>
    internal void Enters(WatchedResource resource)
    {
        foreach (Entry held in Mine.HeldNow())
        {
            if (held.Resource == resource || _order.Add(held.Resource, resource, StackHere) is not { } inversion) continue;
            _inversions.Enqueue(inversion);
            _options.OnInversion?.Invoke(inversion);
        }
    }

    internal void Entered(WatchedResource resource) => Mine.Push(new Entry(resource, _options.NotesHolders ? StackHere() : null));

    internal void Exited(WatchedResource resource) => Mine.Pop(resource);

    internal void Waits(WatchedResource resource) => Mine.Await(new Entry(resource, StackHere()));

    internal void HasWaited() => Mine.Await(null);

    internal void WaitsLong() => _options.OnLongWait?.Invoke(Dump());

    private Record Mine => _threads.GetOrAdd(Environment.CurrentManagedThreadId, static id => new Record(id));

    // Without the frames of the monitor itself.
    private static string StackHere() => new StackTrace(skipFrames: 2, fNeedFileInfo: true).ToString();

    private static string Indented(string? stack) =>
        stack is null ? "" : string.Concat(stack.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"    {line.TrimEnd()}\n"));

    private static string HoldersOf(WatchedResource resource, Snapshot[] all)
    {
        string[] holders = [.. all.Where(one => one.Holds(resource)).Select(one => $"thread {one.Thread}")];
        return holders.Length == 0 ? "nobody any more" : string.Join(", ", holders);
    }

    // Who waits for a lock waits for all who hold it; each circle is told by its lowest thread.
    private static IEnumerable<string> Circles(Snapshot[] all)
    {
        foreach (Snapshot start in all)
        {
            var way = new List<Snapshot> { start };
            if (!LeadsBack(way, all, []) || way.Any(one => one.Thread < start.Thread)) continue;
            IEnumerable<string> waits = way.Select(one => $"thread {one.Thread} waits for {one.Awaited!.Resource.Name}");
            yield return $"{string.Join(", ", waits)}, which thread {start.Thread} holds";
        }
    }

    /// <summary>Extends a way to where it began, depth first.</summary>
    private static bool LeadsBack(List<Snapshot> way, Snapshot[] all, HashSet<Snapshot> seen)
    {
        if (way[^1].Awaited is not { } awaited) return false;
        foreach (Snapshot holder in all.Where(one => one.Holds(awaited.Resource) && one != way[^1]))
        {
            if (holder == way[0]) return true;
            if (!seen.Add(holder)) continue;
            way.Add(holder);
            if (LeadsBack(way, all, seen)) return true;
            way.RemoveAt(way.Count - 1);
        }

        return false;
    }

    private sealed record Entry(WatchedResource Resource, string? Stack);

    private sealed record Snapshot(int Thread, string? Name, Entry[] Held, Entry? Awaited)
    {
        public bool Holds(WatchedResource resource) => Array.Exists(Held, entry => entry.Resource == resource);
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

        public void Pop(WatchedResource resource)
        {
            lock (_held) _held.RemoveAt(_held.FindLastIndex(entry => entry.Resource == resource));
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
