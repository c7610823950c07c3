using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A unit of a semaphore as a lock: the monitor knows who has it.</summary>
internal sealed class WatchedUnit(LockMonitor monitor, WatchedResource resource, CountingSemaphore gate) : ILock
{
    public bool IsHeldByCurrentThread => monitor.IsHeld(resource);

    public void Enter(CancellationToken cancel = default) => TryEnter(Timeout.InfiniteTimeSpan, cancel);

    public bool TryEnter() => gate.TryWait();

    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        if (resource.Units == 0 && IsHeldByCurrentThread && !limit.IsNow) throw LockErrors.Recursive();
        return gate.TryWait(timeout, cancel);
    }

    public void Exit()
    {
        if (!IsHeldByCurrentThread) throw LockErrors.NotHeld("exit it");
        gate.Release();
    }
}
