namespace ConcurrencySpecs.Locks;

/// <summary>A lock under the eyes of a <see cref="LockMonitor"/>.</summary>
internal sealed class WatchedLock(LockMonitor monitor, WatchedResource resource, ILock gate) : ILock
{
    public bool IsHeldByCurrentThread => gate.IsHeldByCurrentThread;

    public void Enter(CancellationToken cancel = default) => TryEnter(Timeout.InfiniteTimeSpan, cancel);

    public bool TryEnter()
    {
        if (!gate.TryEnter()) return false;
        monitor.Entered(resource);
        return true;
    }

    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        bool again = resource.Units == 0 && gate.IsHeldByCurrentThread;     // the lock itself says whether that is allowed, and nobody waits for it
        if (!again) monitor.Enters(resource);
        if (!(again ? gate.TryEnter(timeout, cancel) : WaitFor(timeout, cancel))) return false;
        monitor.Entered(resource);
        return true;
    }

    public void Exit()
    {
        gate.Exit();
        monitor.Exited(resource);
    }

    private bool WaitFor(TimeSpan timeout, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (gate.TryEnter()) return true;
        monitor.Waits(resource);
        try
        {
            TimeSpan limit = monitor.LongWait;
            if (limit == Timeout.InfiniteTimeSpan || (timeout != Timeout.InfiniteTimeSpan && timeout <= limit)) return gate.TryEnter(timeout, cancel);
            if (gate.TryEnter(limit, cancel)) return true;
            monitor.WaitsLong();
            return gate.TryEnter(timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - limit, cancel);
        }
        finally
        {
            monitor.HasWaited();
        }
    }
}
