namespace ConcurrencySpecs.Locks;

/// <summary>What can be held and waited for, under the eyes of a <see cref="LockMonitor"/>; the two sides of a reader–writer lock are one.</summary>
internal sealed class WatchedResource(string name)
{
    public string Name => name;
}
