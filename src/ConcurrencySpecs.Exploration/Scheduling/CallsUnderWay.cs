namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>The objects that shared code goes through on behalf of one thread, while it may call back into rewritten code.</summary>
/// <remarks>A callback takes steps of its own, in which other threads go on; then shared code comes back to those objects, which is a step on each again.</remarks>
internal sealed class CallsUnderWay
{
    // I1  0 ≤ _own ≤ _count; [_own, _count) are the objects of the call that the running method has made, those before belong to calls further out
    private Visited[] _all = new Visited[4];
    private int _own, _count;

    /// <summary>The call that is about to be made goes through <paramref name="on"/>.</summary>
    public void Add(object on, int site, bool write)
    {
        if (_count == _all.Length) Array.Resize(ref _all, 2 * _count);
        _all[_count++] = new Visited(on, site, write);
    }

    /// <summary>The call has returned. One that threw is forgotten with the next.</summary>
    public void End() => _count = _own;

    /// <summary>A callback begins: negative if no call is under way, else what <see cref="Leave"/> wants to know.</summary>
    public long Enter(int steps)
    {
        if (_own == _count) return -1;
        long outer = _own;
        _own = _count;
        return outer << 32 | (uint)steps;
    }

    /// <summary>A callback ends: what the call that it returns to goes through, unless no step was taken meanwhile.</summary>
    public ReadOnlySpan<Visited> Leave(long entered, int steps)
    {
        (int outer, _count) = ((int)(entered >> 32), _own);
        _own = outer;
        return (int)entered == steps ? [] : _all.AsSpan(_own.._count);
    }

    public void Clear()
    {
        if (_count > 0) Array.Clear(_all);
        (_own, _count) = (0, 0);
    }

    internal readonly record struct Visited(object On, int Site, bool Write);
}
