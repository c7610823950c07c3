using System.Collections.Concurrent;
using System.Diagnostics;

namespace ConcurrencySpecs.Locks;

/// <summary>Watches locks in production: says where a deadlock is possible before it happens, and who waits for whom when it has.</summary>
/// <remarks>
/// <para>Progress — that of the lock watched, with a step under a lock of the monitor's own at each entering; no user code
/// runs there but the callbacks.</para>
/// <para>Ordering — that of the lock watched. Where waits have a limit to be told of, one that passes it leaves
/// its place in line and stands in line again.</para>
/// <para>Cost — some hundred nanoseconds at each entering, a stack trace for each wait and for each new
/// order of two locks; locks that are not watched cost nothing.</para>
/// <para>Failure — a thread that ends while it holds a lock stays in the dump, as the holder that it is. What is held across an await is held by the flow of
/// code that entered, which has a number; a hold that is carried out of the method that entered, in its scope, shows in the dump but gives no order to what
/// is entered after that. What a task waits for otherwise (another task, a channel) is not seen, nor are circles that lead through it. Whoever starts a
/// task is taken to await it, and a thread to block on what it enters: a task that is started and left to itself while its starter holds a lock, or an
/// entering that its thread does not wait for, may so be reported although nobody is stuck.</para>
/// <para>Source — lock-order graphs: Savage et al., "Eraser", TOCS 15(4), 1997; Linux lockdep.</para>
/// </remarks>
public sealed class LockMonitor
{
    // I1  _flows holds every entering of code that awaits, from when it waits or has entered until it has given up or let go
    private readonly LockMonitorOptions _options;
    private readonly LockOrder _order = new();
    private readonly ConcurrentDictionary<int, WatchedThread> _threads = new();
    private readonly ConcurrentDictionary<WatchedFlow, bool> _flows = new();
    private readonly AsyncLocal<WatchedFlow?> _flow = new();
    private int _lastFlow;
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
    /// <exception cref="ArgumentException">There may be more units than one: <see cref="WatchUnits"/> watches those.</exception>
    public ILock Watch(CountingSemaphore gate, string name)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (gate.Maximum != 1) throw new ArgumentException(
            $"The semaphore has up to {gate.Maximum} units, so that no thread holds it alone. Watch its units by WatchUnits.", nameof(gate));
        var resource = new WatchedResource(name);
        return new WatchedLock(this, resource, new WatchedUnit(this, resource, gate));
    }

    /// <summary>The units of a semaphore, watched: each is held by the thread or the flow that has taken it, which also gives it back.</summary>
    /// <inheritdoc cref="Watch(ILock, string)" path="param"/>
    public WatchedSemaphore WatchUnits(CountingSemaphore gate, string name)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(this, gate, name);
    }

    /// <summary>The same lock, watched: it is held by the flow of code that enters.</summary>
    /// <inheritdoc cref="Watch(ILock, string)" path="param"/>
    public WatchedAsyncLock Watch(AsyncLock gate, string name)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(this, new(name), new AsyncLockGate(gate));
    }

    /// <summary>The same reader–writer lock, watched: its two sides, which count as one where orders and circles are looked for.</summary>
    /// <inheritdoc cref="Watch(ILock, string)" path="param"/>
    public WatchedAsyncReaderWriterLock Watch(AsyncReaderWriterLock gate, string name)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(this, gate, name);
    }

    /// <summary>Every thread and every flow that holds a watched lock or waits for one, with the locks, the stacks,
    /// and the circles of those who wait for each other.</summary>
    public string Dump()
    {
        IEnumerable<Standing> threads = _threads.Values.OrderBy(thread => thread.Number).Select(thread => thread.Look());
        return new WaitForGraph([.. threads.Where(one => one.Held.Length > 0 || one.Awaited is not null), .. Flows()]).ToString();
    }

    /// <summary>Whether the calling thread holds it.</summary>
    internal bool IsHeld(WatchedResource resource) => Array.Exists(Mine.HeldNow(), held => held.Resource == resource);

    /// <summary>By a thread or a flow that is about to wait, or may.</summary>
    internal void Enters(WatchedResource resource)
    {
        foreach (WatchedHold held in Mine.HeldNow()) if (held.Resource != resource) Follows(held, resource);
        if (_flow.Value is not { } flow) return;
        foreach (WatchedHold held in flow.HeldNow()) if (held.Resource != resource || resource.Units == 0) Follows(held, resource);
    }

    internal void Entered(WatchedResource resource) => Mine.Push(Held(resource));

    internal void Exited(WatchedResource resource) => Mine.Pop(resource);

    internal void Waits(WatchedResource resource) => Mine.Await(new(resource, StackHere()), _flow.Value);

    internal void HasWaited() => Mine.Await(null, null);

    internal void WaitsLong() => _options.OnLongWait?.Invoke(Dump());

    /// <summary>The entering that the calling method begins, inside those that it is in.</summary>
    internal WatchedFlow NewFlow() => _flow.Value = new(_flow.Value, Mine.HeldNow(), () => Interlocked.Increment(ref _lastFlow));

    internal void Waits(WatchedFlow flow, WatchedResource resource)
    {
        flow.Awaited = new(resource, StackHere());
        _flows[flow] = true;
    }

    internal void Entered(WatchedFlow flow, WatchedResource resource, IDisposable scope)
    {
        flow.Enter(Held(resource), scope);
        _flows[flow] = true;
    }

    internal void HasWaited(WatchedFlow flow)
    {
        flow.Awaited = null;
        _flows.TryRemove(flow, out _);
    }

    internal void Leave(WatchedFlow flow)
    {
        if (flow.TryEnd()) _flows.TryRemove(flow, out _);
    }

    private WatchedThread Mine => _threads.GetOrAdd(Environment.CurrentManagedThreadId, static id => new WatchedThread(id));

    private WatchedHold Held(WatchedResource resource) => new(resource, _options.NotesHolders ? StackHere() : null);

    private void Follows(WatchedHold held, WatchedResource next)
    {
        if (_order.Add(held.Resource, next, StackHere) is not { } inversion) return;
        _inversions.Enqueue(inversion);
        _options.OnInversion?.Invoke(inversion);
    }

    // Who waits with what it holds around; and what is held where nobody waits.
    private List<Standing> Flows()
    {
        WatchedFlow[] flows = [.. _flows.Keys.OrderBy(flow => flow.Number)];
        List<Standing> all = [.. flows.Select(flow => flow.Awaited is { } awaited ? flow.Look(awaited) : null).OfType<Standing>()];
        foreach (WatchedFlow flow in flows)
        {
            Standing alone = flow.Look();
            if (alone.Held.Length > 0 && !all.Exists(one => one.Held.Contains(alone.Held[0]))) all.Add(alone);
        }

        return all;
    }

    // Without the frames of the monitor itself.
    private static string StackHere() => new StackTrace(skipFrames: 2, fNeedFileInfo: true).ToString();
}
