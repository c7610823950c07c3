namespace ConcurrencySpecs.Timeouts;

/// <summary>The clock of a <see cref="TimeProvider"/> and its timer: one that a spec moves, virtual time, or the system's where there is no timerfd.</summary>
internal sealed class ProvidedClock : DeadlineClock
{
    private const int NanosecondsPerTick = 100;
    private const double LongestMilliseconds = uint.MaxValue - 1;       // of a timer; the ring finds nothing due and asks again
    private readonly TimeProvider _provider;
    private readonly long _start;
    private readonly ITimer _timer;

    public ProvidedClock(TimeProvider provider)
    {
        (_provider, _start) = (provider, provider.GetTimestamp());
        _timer = provider.CreateTimer(static clock => ((ProvidedClock)clock!).Come(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override long Now => _provider.GetElapsedTime(_start).Ticks * NanosecondsPerTick;

    private void Come()
    {
        Approach(within: 0);
        Ring();
    }

    // Whole milliseconds and never too few, because timers count in them and one that is asked for less comes at once.
    protected override void WakeAt(long due)
    {
        double milliseconds = Math.Ceiling(Between(Now, due).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Min(LongestMilliseconds, milliseconds)), Timeout.InfiniteTimeSpan);
    }
}
