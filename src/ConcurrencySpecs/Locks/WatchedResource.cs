namespace ConcurrencySpecs.Locks;

/// <summary>What can be held and waited for, under the eyes of a <see cref="LockMonitor"/>; the two sides of a reader–writer lock are one.</summary>
/// <param name="name">What reports call it.</param>
/// <param name="units">For a semaphore, how many may hold it: who waits then waits for any of them. 0 for a lock: who waits waits for all.</param>
internal sealed class WatchedResource(string name, int units = 0)
{
    public string Name => name;

    public int Units => units;
}
