namespace ConcurrencySpecs.Locks;

/// <summary>One hold of a watched lock, or one wait for it.</summary>
internal sealed class WatchedHold(WatchedResource resource, string? stack)
{
    private bool _isOver;

    public WatchedResource Resource => resource;

    public string? Stack => stack;

    public bool IsOver => Volatile.Read(ref _isOver);

    public void End() => Volatile.Write(ref _isOver, true);
}
