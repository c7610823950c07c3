namespace ConcurrencySpecs.Locks;

/// <summary>The two sides of an asynchronous reader–writer lock under the eyes of a <see cref="LockMonitor"/>, each used as a lock.</summary>
/// <remarks>
/// <para>Progress — that of the lock.</para>
/// <para>Ordering — that of the lock.</para>
/// <para>Cost — that of the monitor, at each entering.</para>
/// <para>Failure — to enter either side while the same flow holds one is reported as a circle of one lock: it may wait for itself.</para>
/// <para>Source — a reader–writer lock as two locks: java.util.concurrent.locks.ReadWriteLock.</para>
/// </remarks>
public sealed class WatchedAsyncReaderWriterLock
{
    internal WatchedAsyncReaderWriterLock(LockMonitor monitor, AsyncReaderWriterLock gate, string name)
    {
        var resource = new WatchedResource(name);
        Reading = new WatchedAsyncLock(monitor, resource, new AsyncReadGate(gate));
        Writing = new WatchedAsyncLock(monitor, resource, new AsyncWriteGate(gate));
    }

    /// <summary>Held by readers, any number at once.</summary>
    public WatchedAsyncLock Reading { get; }

    /// <summary>Held by the writer alone.</summary>
    public WatchedAsyncLock Writing { get; }
}
