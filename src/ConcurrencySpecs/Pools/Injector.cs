using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Pools;

/// <summary>Where items from outside the crew wait, first in, first out, until a worker fetches a few of them.</summary>
internal sealed class Injector
{
    private const int LargestBatch = 32;

    // I1  under the gate: _count is how many items wait; once _closed is true, nothing is added but by who held it open before, and _holds only falls
    private readonly Lock _gate = new();
    private readonly Queue<WorkItem> _items = new();
    private int _count;
    private int _holds;
    private bool _closed;

    /// <summary>Whether there may be something to take: a look without the lock.</summary>
    public bool HasItems => Volatile.Read(ref _count) > 0;

    /// <summary>Whether nothing can come any more.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) && Volatile.Read(ref _holds) == 0;      // in this order: I1

    /// <summary>Until <see cref="LetGo"/>, the caller's items are taken even after a close; false when it is closed already.</summary>
    public bool TryHoldOpen()
    {
        lock (_gate)
        {
            if (_closed) return false;
            _holds++;
            return true;
        }
    }

    public void LetGo()
    {
        lock (_gate) Volatile.Write(ref _holds, _holds - 1);       // release: what was added under the hold precedes its end
    }

    /// <summary>Adds an item unless the injector is closed and the caller does not hold it open.</summary>
    public bool TryAdd(WorkItem item, bool isHeldOpen)
    {
        lock (_gate)
        {
            if (_closed && !isHeldOpen) return false;
            _items.Enqueue(item);
            Volatile.Write(ref _count, _items.Count);
            return true;
        }
    }

    public void Close()
    {
        lock (_gate) Volatile.Write(ref _closed, true);
    }

    /// <summary>Takes the oldest item, and moves a fair share of the next ones to the worker's own deque: the lock is paid once for all of them.</summary>
    public bool TryTake(WorkStealingDeque<WorkItem> own, int workers, [NotNullWhen(true)] out WorkItem? item)
    {
        item = null;
        if (!HasItems) return false;
        lock (_gate)
        {
            if (!_items.TryDequeue(out item)) return false;
            int share = Math.Min(LargestBatch, _items.Count / workers);
            if (share > 0) Move(share, own);
            Volatile.Write(ref _count, _items.Count);
            return true;
        }
    }

    // The owner takes the newest of its deque first, so the oldest goes in last.
    private void Move(int count, WorkStealingDeque<WorkItem> own)
    {
        Span<WorkItem> share = new WorkItem[count];
        for (int i = 0; i < count; i++) share[i] = _items.Dequeue();
        for (int i = count - 1; i >= 0; i--) own.Push(share[i]);
    }
}
