using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>The two sides of a reader–writer lock under the eyes of a <see cref="LockMonitor"/>, each used as a lock.</summary>
/// <remarks>
/// <para>Progress — that of the lock.</para>
/// <para>Ordering — that of the lock.</para>
/// <para>Cost — that of the monitor, at each entering.</para>
/// <para>Failure — since the monitor knows who is inside, what the lock cannot see is refused: to read twice, to write
/// while reading, to leave unentered.</para>
/// <para>Source — a reader–writer lock as two locks: java.util.concurrent.locks.ReadWriteLock.</para>
/// </remarks>
public sealed class WatchedReaderWriterLock
{
    internal WatchedReaderWriterLock(LockMonitor monitor, PhaseFairReaderWriterLock gate, string name)
    {
        var resource = new WatchedResource(name);
        Reading = new WatchedLock(monitor, resource, new Side(monitor, resource, gate, writes: false));
        Writing = new WatchedLock(monitor, resource, new Side(monitor, resource, gate, writes: true));
    }

    /// <summary>Held by readers, any number at once.</summary>
    public ILock Reading { get; }

    /// <summary>Held by the writer alone.</summary>
    public ILock Writing { get; }

    private sealed class Side(LockMonitor monitor, WatchedResource resource, PhaseFairReaderWriterLock gate, bool writes) : ILock
    {
        public bool IsHeldByCurrentThread => monitor.IsHeld(resource) && gate.IsWriteHeldByCurrentThread == writes;

        public void Enter(CancellationToken cancel = default) => TryEnter(Timeout.InfiniteTimeSpan, cancel);

        public bool TryEnter() => !monitor.IsHeld(resource) && (writes ? gate.TryEnterWrite() : gate.TryEnterRead());

        public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
        {
            var limit = TimeLimit.Of(timeout, TimeProvider.System);
            cancel.ThrowIfCancellationRequested();
            if (monitor.IsHeld(resource)) return limit.IsNow ? false : throw LockErrors.Recursive();
            if (!limit.IsNever || cancel.CanBeCanceled) return writes ? gate.TryEnterWrite(timeout, cancel) : gate.TryEnterRead(timeout, cancel);
            if (writes) gate.EnterWrite(CancellationToken.None);
            else gate.EnterRead(CancellationToken.None);
            return true;
        }

        public void Exit()
        {
            if (!IsHeldByCurrentThread) throw LockErrors.NotHeld("exit it");
            if (writes) gate.ExitWrite();
            else gate.ExitRead();
        }
    }
}
