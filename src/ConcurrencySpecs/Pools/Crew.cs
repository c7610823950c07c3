using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Pools;

/// <summary>The workers of a pool: who looks for work, who sleeps, who stands in for one that blocks, and when all is over.</summary>
/// <remarks>
/// Waking. Who adds an item wakes a sleeper only when nobody is searching: a searcher will find it. A searcher that finds something wakes the next one if it
/// was the last, and one that gives up announces its sleep before its last look, so an item is seen by that look or its adder sees the announcement.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim has something to release only after its WaitHandle was asked for.")]
internal sealed class Crew
{
    private const long OneAwake = 1L << 32;

    // I1  a worker that is searching holds no item; _searching counts those that search
    // I2  low half of _rest: how many workers rest (hold no item and look for none); high half: how often one has stopped resting
    // I3  _workers only grows, under the gate; working = _workers − blocked − benched, and stays near _wanted
    // I4  _over is set once: when no item can come from outside, no item is left, and every worker rests
    private readonly Lock _gate = new();
    private readonly EventCount _ready = new();
    private readonly SemaphoreSlim _spares = new(0);
    private readonly Injector _injected = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WorkerPoolOptions _options;
    private readonly int _most;
    private Worker[] _workers = [];
    private long _rest;
    private int _searching;
    private int _blocked;
    private int _benched;
    private int _alive;
    private bool _dropping;
    private bool _over;

    public Crew(WorkerPoolOptions options)
    {
        _options = options;
        _most = options.MostWorkers ?? Math.Max(256, 4 * options.Workers);
    }

    /// <summary>Completed once every item has ended and every thread is about to.</summary>
    public Task Ended => _ended.Task;

    public ConcurrentQueue<object?> Lost { get; } = new();

    public ConcurrentQueue<Exception> Errors { get; } = new();

    public int LooksBeforeRest => _options.LooksBeforeRest;

    /// <summary>Threads that there are now, those included that block or stand by.</summary>
    public int Size => Volatile.Read(ref _workers).Length;

    /// <summary>Adds an item from outside; false when the crew takes none any more.</summary>
    public bool TryInject(WorkItem item, bool isHeldOpen = false)
    {
        if (Size == 0) HireAll();
        if (!_injected.TryAdd(item, isHeldOpen)) return false;
        Added();
        return true;
    }

    /// <summary>Until <see cref="LetGo"/>, items of the caller are taken even if the crew is told to close; false when it has been told so already.</summary>
    public bool TryHoldOpen() => _injected.TryHoldOpen();

    public void LetGo()
    {
        _injected.LetGo();
        if (_injected.IsClosed) NothingComes();
    }

    /// <summary>After an item was added to a queue: wakes a sleeper unless somebody searches already.</summary>
    public void Added()
    {
        if (Volatile.Read(ref _searching) == 0) _ready.NotifyOne();     // partner: the announcement in TryRest, and StopSearching
    }

    /// <summary>Takes no more items from outside. When the last one has ended, so do the workers.</summary>
    public void Close()
    {
        _injected.Close();
        NothingComes();
    }

    /// <summary>Drops what has not begun, from now on.</summary>
    public void DropAll() => Volatile.Write(ref _dropping, true);

    /// <summary>Runs an item, or drops it; whatever it throws stays with the crew, and the worker goes on.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever an item throws is kept for the drain.")]
    public void Run(WorkItem item)
    {
        try
        {
            if (Volatile.Read(ref _dropping)) Drop(item);
            else item.Run();
        }
        catch (Exception error)
        {
            Errors.Enqueue(error);
        }
    }

    public bool TryTakeInjected(Worker worker, [NotNullWhen(true)] out WorkItem? item) => _injected.TryTake(worker.Own, _options.Workers, out item);

    /// <summary>Takes the oldest item of another worker, beginning at a victim that <paramref name="luck"/> chooses.</summary>
    public bool TrySteal(Worker thief, uint luck, [NotNullWhen(true)] out WorkItem? item)
    {
        Worker[] workers = Volatile.Read(ref _workers);
        for (uint i = 0; i < workers.Length; i++)
        {
            Worker victim = workers[(luck + i) % (uint)workers.Length];
            if (victim != thief && victim.Own.TrySteal(out item)) return true;
        }

        item = null;
        return false;
    }

    public void StartSearching() => Interlocked.Increment(ref _searching);

    /// <summary>Ends a search that found something: items may have come for which nobody was woken because of it.</summary>
    public void StopSearching()
    {
        if (Interlocked.Decrement(ref _searching) == 0) _ready.NotifyOne();
    }

    /// <summary>Ends a search that found nothing, and sleeps until there may be work.</summary>
    /// <returns>False when all is over.</returns>
    public bool TryRest(Worker worker)
    {
        Interlocked.Decrement(ref _searching);
        Announcement sleep = _ready.Announce();     // full, for every processor: no longer searching, and announced, before the last look
        long rest = Interlocked.Increment(ref _rest);
        if (IsOver() || HasWork() || IsTheLast(rest)) _ready.Withdraw(sleep);
        else Sleep(sleep, worker);
        Interlocked.Add(ref _rest, OneAwake - 1);
        return !IsOver();
    }

    /// <summary>Whether more seem to be at work than wanted.</summary>
    public bool IsOverstaffed => Size > Volatile.Read(ref _blocked) + Volatile.Read(ref _benched) + _options.Workers;

    /// <summary>Stands by, if more are at work than wanted because one that blocked has come back.</summary>
    public void StandBy()
    {
        lock (_gate)
        {
            if (_over || _workers.Length - _blocked - _benched <= _options.Workers) return;
            _benched++;
        }

        _ready.NotifyOne();     // in case a wake-up came with us
        long rest = Interlocked.Increment(ref _rest);
        IsTheLast(rest);
        _spares.Wait();
        Interlocked.Add(ref _rest, OneAwake - 1);
    }

    /// <summary>A worker is about to block: another one takes its place.</summary>
    public void Blocks()
    {
        lock (_gate)
        {
            _blocked++;
            if (_workers.Length - _blocked - _benched >= _options.Workers) return;
            if (_benched > 0) CallSpares(1);
            else if (_workers.Length < _most && !_over) Hire();
        }
    }

    public void GoesOn()
    {
        lock (_gate) _blocked--;
    }

    /// <summary>A worker's thread ends.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _alive) == 0) _ended.TrySetResult();
    }

    private void NothingComes()
    {
        lock (_gate)
        {
            if (_workers.Length == 0 && _injected.IsClosed) _over = true;
            if (_alive == 0 && _over) _ended.TrySetResult();
        }

        _ready.NotifyAll();     // the last to rest again finds that all is over
    }

    private bool IsOver() => Volatile.Read(ref _over);

    private bool HasWork() => _injected.HasItems || Array.Exists(Volatile.Read(ref _workers), static worker => worker.Own.Count > 0);

    // Nothing can come, nothing is there, nobody is at work, looked at in this order: an item may precede the close by a moment. That the count has
    // not changed since we joined it means that all rested while we looked.
    private bool IsTheLast(long rest)
    {
        if (!_injected.IsClosed || HasWork()) return false;
        lock (_gate)
        {
            if ((int)rest != _workers.Length || Volatile.Read(ref _rest) != rest) return false;
            Debug.Assert(_blocked == 0, "who blocks does not rest");
            Volatile.Write(ref _over, true);
            CallSpares(_benched);
        }

        _ready.NotifyAll();
        return true;
    }

    private void Sleep(Announcement sleep, Worker worker)
    {
        Blocking.Belong(null);      // to sleep without work is not to block
        _ready.Wait(sleep);
        Blocking.Belong(worker);
    }

    private void Drop(WorkItem item)
    {
        foreach (object? lost in item.Lost) Lost.Enqueue(lost);
        item.Drop();
    }

    private void HireAll()
    {
        lock (_gate)
        {
            while (!_over && !_injected.IsClosed && _workers.Length < _options.Workers) Hire();
        }
    }

    private void Hire()
    {
        var worker = new Worker(this, _workers.Length, $"{_options.Name} {_workers.Length + 1}");
        Interlocked.Increment(ref _alive);
        Volatile.Write(ref _workers, [.. _workers, worker]);
        worker.Start();
    }

    private void CallSpares(int count)
    {
        _benched -= count;
        if (count > 0) _spares.Release(count);
    }
}
