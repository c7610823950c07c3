namespace ConcurrencySpecs.Waiting;

/// <summary>Rings once when a time limit is over, and never before: a timer that comes early is set again.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly TimeLimit _limit;
    private readonly Action _ring;
    private readonly ITimer _timer;

    public Alarm(TimeLimit limit, TimeProvider clock, Action ring)
    {
        (_limit, _ring) = (limit, ring);
        _timer = clock.CreateTimer(Come, this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(limit.Left, Timeout.InfiniteTimeSpan);    // set only now: Come needs the timer
    }

    /// <summary>Does not wait for a ring that is under way.</summary>
    public void Dispose() => _timer.Dispose();

    private static void Come(object? state)
    {
        var alarm = (Alarm)state!;
        TimeSpan left = alarm._limit.Left;
        if (left == TimeSpan.Zero) alarm._ring();
        else alarm._timer.Change(left, Timeout.InfiniteTimeSpan);
    }
}
