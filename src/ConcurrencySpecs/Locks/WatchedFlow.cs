namespace ConcurrencySpecs.Locks;

/// <summary>One entering of a watched lock by code that awaits, and those around it in the same flow.</summary>
/// <remarks>
/// The flow's own tip lies in an <see cref="AsyncLocal{T}"/>, which every method and task inherits that is called or started from then on, and which is
/// never changed for who called: so tasks side by side do not see each other's, and each sees what was held when it was started.
/// </remarks>
internal sealed class WatchedFlow
{
    // I1  Awaited is set while it waits, Hold once it has entered; it is over when the wait was in vain or the hold has ended
    private WatchedFlow? _outer;                    // whoever relinks it writes one that is as good
    private readonly WatchedHold[] _ofThread;       // what the thread held that called: it may block on the task
    private WatchedHold? _awaited;
    private WatchedHold? _hold;
    private IDisposable? _scope;

    public WatchedFlow(WatchedFlow? around, WatchedHold[] ofThread, Func<int> newNumber)
    {
        _outer = Living(around);
        if (_outer is { } next) next._outer = Living(next._outer);      // who holds one while it enters the next leaves no chain of those let go of
        _ofThread = ofThread;
        Number = _outer?.Number ?? newNumber();
    }

    /// <summary>That of the outermost one, so that what belongs together is seen to.</summary>
    public int Number { get; }

    public WatchedHold? Awaited
    {
        get => Volatile.Read(ref _awaited);
        set => Volatile.Write(ref _awaited, value);
    }

    public WatchedHold? Hold => Volatile.Read(ref _hold);

    public bool IsHeld => Hold is { IsOver: false };

    private static WatchedFlow? Living(WatchedFlow? from)
    {
        while (from is { IsOver: true }) from = from._outer;
        return from;
    }

    private bool IsOver => Awaited is null && !IsHeld;

    public void Enter(WatchedHold hold, IDisposable scope)
    {
        _scope = scope;
        Volatile.Write(ref _hold, hold);
        Awaited = null;
    }

    /// <summary>Ends the hold, the first time it is called.</summary>
    public bool TryEnd()
    {
        if (Interlocked.Exchange(ref _scope, null) is not { } scope) return false;
        _hold!.End();
        scope.Dispose();
        return true;
    }

    /// <summary>What is held here and around, innermost first.</summary>
    public IEnumerable<WatchedHold> HeldNow()
    {
        for (WatchedFlow? at = this; at is not null; at = at._outer) if (at.Hold is { IsOver: false } hold) yield return hold;
    }

    /// <summary>The flow as it stands while it waits.</summary>
    public Standing Look(WatchedHold awaited) => new(Who, null, [.. HeldNow(), .. _ofThread.Where(hold => !hold.IsOver)], awaited);

    /// <summary>The flow as it stands with nothing but this hold.</summary>
    public Standing Look() => new(Who, null, Hold is { IsOver: false } hold ? [hold] : [], null);

    private string Who => $"flow {Number}";
}
