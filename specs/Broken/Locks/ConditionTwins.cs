using ConcurrencySpecs.Contracts.Queues;
using ConcurrencySpecs.Queues;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>A condition of what a lock guards, correct as it stands; each twin overrides one decision.</summary>
internal class ConditionTwin(object gate)
{
    protected readonly Queue<SemaphoreSlim> Line = new();

    protected object Gate => gate;

    /// <summary>By the holder of the gate, who holds it again afterwards; false when the time was up.</summary>
    public virtual bool Wait(TimeSpan timeout, CancellationToken cancel)
    {
        var me = new SemaphoreSlim(0);
        lock (Line) Line.Enqueue(me);
        return Sleep(me, timeout, cancel);
    }

    public void Notify()
    {
        lock (Line) if (Line.TryDequeue(out SemaphoreSlim? first)) first.Release();
    }

    public void NotifyAll()
    {
        lock (Line) while (Line.TryDequeue(out SemaphoreSlim? first)) first.Release();
    }

    protected bool Sleep(SemaphoreSlim me, TimeSpan timeout, CancellationToken cancel)
    {
        Monitor.Exit(gate);
        bool notified = false;
        try
        {
            notified = me.Wait(timeout, cancel);
        }
        finally
        {
            if (!notified) notified = !Leave(me);
            Monitor.Enter(gate);
        }

        return notified;
    }

    /// <summary>Takes one who gives up out of the line; false when it has been notified before.</summary>
    protected virtual bool Leave(SemaphoreSlim me)
    {
        lock (Line)
        {
            if (!Line.Contains(me)) return false;
            SemaphoreSlim[] others = [.. Line.Where(other => other != me)];
            Line.Clear();
            foreach (SemaphoreSlim other in others) Line.Enqueue(other);
            return true;
        }
    }
}

/// <summary>A bounded queue as a monitor with a condition for each end.</summary>
internal sealed class MonitorTwin(int capacity, Func<object, ConditionTwin> condition) : IWaitingQueue
{
    private readonly object _gate = new();
    private readonly Queue<int> _items = new();
    private ConditionTwin? _notFull;
    private ConditionTwin? _notEmpty;
    private bool _closed;

    public PutResult Put(int item, TimeSpan timeout, CancellationToken cancel)
    {
        lock (_gate)
        {
            bool inTime = WaitFor(_notFull ??= condition(_gate), () => _items.Count < capacity || _closed, timeout, cancel);
            if (_closed) return PutResult.Closed;
            if (!inTime) return timeout == TimeSpan.Zero ? PutResult.Full : PutResult.TimedOut;
            _items.Enqueue(item);
            _notEmpty?.Notify();
            return PutResult.Added;
        }
    }

    public GetResult Get(out int item, TimeSpan timeout, CancellationToken cancel)
    {
        lock (_gate)
        {
            bool inTime = WaitFor(_notEmpty ??= condition(_gate), () => _items.Count > 0 || _closed, timeout, cancel);
            if (_items.TryDequeue(out item))
            {
                _notFull?.Notify();
                return GetResult.Taken;
            }

            return _closed ? GetResult.Closed : !inTime && timeout == TimeSpan.Zero ? GetResult.Empty : GetResult.TimedOut;
        }
    }

    public void CompleteAdding()
    {
        lock (_gate)
        {
            _closed = true;
            _notFull?.NotifyAll();
            _notEmpty?.NotifyAll();
        }
    }

    private static bool WaitFor(ConditionTwin changed, Func<bool> holds, TimeSpan timeout, CancellationToken cancel)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            while (!holds()) changed.Wait(timeout, cancel);
        else if (!holds() && timeout > TimeSpan.Zero) changed.Wait(timeout, cancel);
        return holds();
    }
}

[Broken("lets go of the lock before it stands in line: a notification in between finds nobody", "Interleavings")]
public sealed class ConditionComesTooLateToTheLine : WaitingQueueContract
{
    protected override IWaitingQueue NewSubject() => new MonitorTwin(Capacity, gate => new Twin(gate));

    private sealed class Twin(object gate) : ConditionTwin(gate)
    {
        public override bool Wait(TimeSpan timeout, CancellationToken cancel)
        {
            var me = new SemaphoreSlim(0);
            Monitor.Exit(Gate);
            Thread.Yield();
            lock (Line) Line.Enqueue(me);
            Monitor.Enter(Gate);
            return Sleep(me, timeout, cancel);
        }
    }
}

[Broken("stays in line when its time is up, and eats a notification that was meant for one who still waits", "Interleavings")]
public sealed class ConditionNotifiesWhoHasLeft : CutShortContract
{
    protected override IEnumerable<Operation<IWaitingQueue, Contents>> Operations => [Put, Get, PutSoon, GetSoon];

    protected override IWaitingQueue NewSubject() => new MonitorTwin(Capacity, gate => new Twin(gate));

    private sealed class Twin(object gate) : ConditionTwin(gate)
    {
        protected override bool Leave(SemaphoreSlim me) => true;
    }
}

[Broken("takes the first in line out when it gives up, whoever that is", "Interleavings")]
public sealed class ConditionPutsAnotherOut : CutShortContract
{
    protected override IEnumerable<Operation<IWaitingQueue, Contents>> Operations => [Put, Get, PutSoon, GetSoon];

    protected override IWaitingQueue NewSubject() => new MonitorTwin(Capacity, gate => new Twin(gate));

    private sealed class Twin(object gate) : ConditionTwin(gate)
    {
        protected override bool Leave(SemaphoreSlim me)
        {
            lock (Line) return Line.TryDequeue(out _);      // takes whoever is first
        }
    }
}
