namespace ConcurrencySpecs.Waiting;

/// <summary>A time limit and a token, for waits that look up between sleeps; a cancellation is seen at the latest after the longest sleep.</summary>
internal readonly struct Patience(TimeLimit limit, CancellationToken cancel)
{
    public static Patience Endless(CancellationToken cancel = default) => new(TimeLimit.Never, cancel);

    public static Patience Of(TimeSpan timeout, CancellationToken cancel) => new(TimeLimit.Of(timeout, TimeProvider.System), cancel);

    /// <summary>Whether there is no time at all.</summary>
    public bool IsNow => limit.IsNow;

    public bool IsCancelled => cancel.IsCancellationRequested;

    /// <summary>For the beginning of a wait: a token that is cancelled already throws even when nobody is in the way.</summary>
    public void ThrowIfCancelled() => cancel.ThrowIfCancellationRequested();

    /// <summary>Whether the time is up; asked between sleeps.</summary>
    /// <param name="left">How long the next sleep may last; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public bool IsOver(out TimeSpan left)
    {
        cancel.ThrowIfCancellationRequested();
        return IsTimeUp(out left);
    }

    /// <summary>The same for a wait that has something to undo before it ends, and asks <see cref="IsCancelled"/> too.</summary>
    public bool IsTimeUp(out TimeSpan left)
    {
        left = limit.LeftOrInfinite;
        return left == TimeSpan.Zero;
    }
}
