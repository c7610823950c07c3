using ConcurrencySpecs.Contracts.Queues;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>A condition as the contract sees it: waits until something holds, and gives whether it does.</summary>
public interface IConditionOfQueue
{
    bool WaitFor(Func<bool> holds, TimeSpan timeout, CancellationToken cancel);

    void Notify(int count);
}

/// <summary>A bounded queue as a monitor: a lock, and a condition for each end, which is notified once for each change.</summary>
/// <remarks>It waits rightly exactly when no notification is lost: to one who has given up, or between letting go of the lock and waiting.</remarks>
public sealed class MonitorQueue : IWaitingQueue
{
    private readonly int _capacity;
    private readonly ILock _lock;
    private readonly IConditionOfQueue _notFull;
    private readonly IConditionOfQueue _notEmpty;
    private readonly Queue<int> _items = new();
    private bool _closed;

    public MonitorQueue(int capacity, ILock guard) : this(capacity, guard, new InProcess(guard), new InProcess(guard)) { }

    public MonitorQueue(int capacity, ILock guard, IConditionOfQueue notFull, IConditionOfQueue notEmpty) =>
        (_capacity, _lock, _notFull, _notEmpty) = (capacity, guard, notFull, notEmpty);

    public PutResult Put(int item, TimeSpan timeout, CancellationToken cancel)
    {
        using LockScope held = _lock.EnterScope(CancellationToken.None);
        bool inTime = _notFull.WaitFor(() => _items.Count < _capacity || _closed, timeout, cancel);
        if (_closed) return PutResult.Closed;
        if (!inTime) return timeout == TimeSpan.Zero ? PutResult.Full : PutResult.TimedOut;
        _items.Enqueue(item);
        _notEmpty.Notify(1);
        return PutResult.Added;
    }

    public GetResult Get(out int item, TimeSpan timeout, CancellationToken cancel)
    {
        using LockScope held = _lock.EnterScope(CancellationToken.None);
        bool inTime = _notEmpty.WaitFor(() => _items.Count > 0 || _closed, timeout, cancel);
        if (_items.TryDequeue(out item))
        {
            _notFull.Notify(1);
            return GetResult.Taken;
        }

        return _closed ? GetResult.Closed : !inTime && timeout == TimeSpan.Zero ? GetResult.Empty : GetResult.TimedOut;
    }

    public void CompleteAdding()
    {
        using LockScope held = _lock.EnterScope(CancellationToken.None);
        _closed = true;
        _notFull.Notify(int.MaxValue);
        _notEmpty.Notify(int.MaxValue);
    }

    private sealed class InProcess(ILock guard) : IConditionOfQueue
    {
        private readonly ConditionVariable _condition = new(guard);

        public bool WaitFor(Func<bool> holds, TimeSpan timeout, CancellationToken cancel) => _condition.TryWaitFor(holds, timeout, cancel);

        public void Notify(int count) => _condition.Notify(count);
    }
}

/// <summary>A monitor's conditions wake who can go on.</summary>
public sealed class ConditionVariableContract : WaitingQueueContract
{
    protected override IWaitingQueue NewSubject() => new MonitorQueue(Capacity, new FutexLock(spins: 0, patience: 1));
}

/// <summary>The same with waits that end early.</summary>
public sealed class ConditionVariableCutShortContract : CutShortContract
{
    public override string Name => "ConditionVariable (cut short)";

    protected override IWaitingQueue NewSubject() => new MonitorQueue(Capacity, new RecursiveLock(new(spins: 0, patience: 1)));
}
