namespace ConcurrencySpecs.Locks;

/// <summary>Somebody as a <see cref="LockMonitor"/> sees it: a thread, or a flow of code that awaits.</summary>
internal sealed class Standing(string who, string? name, WatchedHold[] held, WatchedHold? awaited)
{
    public string Who => who;

    public string? Name => name;

    public WatchedHold[] Held => held;

    public WatchedHold? Awaited => awaited;

    public bool Holds(WatchedResource resource) => Array.Exists(held, hold => hold.Resource == resource);
}
