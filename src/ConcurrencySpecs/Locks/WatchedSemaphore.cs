namespace ConcurrencySpecs.Locks;

/// <summary>The units of a semaphore under the eyes of a <see cref="LockMonitor"/>, each held like a lock by who took it.</summary>
/// <remarks>
/// <para>Progress — that of the semaphore.</para>
/// <para>Ordering — that of the semaphore.</para>
/// <para>Cost — that of the monitor, at each unit.</para>
/// <para>Failure — who waits waits for any of the holders: a deadlock is reported when all units are with those who cannot go on, and never for a
/// semaphore whose units were not all there at first. To take a second unit while holding one is not reported as an order.</para>
/// <para>Source — Holt, "Some Deadlock Properties of Computer Systems", ACM Computing Surveys 4(3), 1972.</para>
/// </remarks>
public sealed class WatchedSemaphore
{
    internal WatchedSemaphore(LockMonitor monitor, CountingSemaphore gate, string name)
    {
        var resource = new WatchedResource(name, gate.Maximum);
        OfThreads = new WatchedLock(monitor, resource, new WatchedUnit(monitor, resource, gate));
        OfTasks = new WatchedAsyncLock(monitor, resource, new UnitGate(gate));
    }

    /// <summary>Units that a thread waits for, blocking, and gives back itself; it may have several.</summary>
    public ILock OfThreads { get; }

    /// <summary>Units that are waited for without a thread.</summary>
    public WatchedAsyncLock OfTasks { get; }
}
