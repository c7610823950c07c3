namespace ConcurrencySpecs.Waiting;

/// <summary>How long a call may wait, by which clock, counted from the call.</summary>
/// <remarks>
/// Zero answers at once, <see cref="Timeout.InfiniteTimeSpan"/> never gives up, any other negative span is misuse.
/// The system's waits and timers count in coarse ticks and come up to some milliseconds early: whoever waits looks at what is left and waits again.
/// </remarks>
internal readonly struct TimeLimit
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _span;
    private readonly long _start;

    private TimeLimit(TimeSpan span, TimeProvider clock)
    {
        (_span, _clock) = (span, clock);
        if (!IsNow && !IsNever) _start = clock.GetTimestamp();
    }

    public static TimeLimit Of(TimeSpan timeout, TimeProvider clock)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromMilliseconds(int.MaxValue));
        }

        return new TimeLimit(timeout, clock);
    }

    /// <summary>The limit of a call that waits for as long as it takes.</summary>
    public static TimeLimit Never => new(Timeout.InfiniteTimeSpan, TimeProvider.System);

    public bool IsNow => _span == TimeSpan.Zero;

    public bool IsNever => _span == Timeout.InfiniteTimeSpan;

    /// <summary>What is left, in whole milliseconds and never too few; zero when the limit is over.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = _span - _clock.GetElapsedTime(_start);
            return left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds((long)Math.Ceiling(left.TotalMilliseconds));
        }
    }

    /// <summary>The same for a wait of the system's, which takes infinity for a limit that never comes.</summary>
    public TimeSpan LeftOrInfinite => IsNever ? Timeout.InfiniteTimeSpan : Left;

    /// <summary>Whether the time is up.</summary>
    public bool IsOver => !IsNever && Left == TimeSpan.Zero;

    /// <summary>Whether a blocking wait keeps the limit by itself; other clocks than the system's need an alarm.</summary>
    public bool IsKeptByThread => !IsNever && ReferenceEquals(_clock, TimeProvider.System);

    /// <summary>The alarm that ends a blocking wait on a clock which that wait does not know.</summary>
    public Alarm? ThreadAlarm(Action ring) => IsKeptByThread ? null : TaskAlarm(ring);

    /// <summary>The alarm that ends a wait which holds no thread.</summary>
    public Alarm? TaskAlarm(Action ring) => IsNever ? null : new Alarm(this, _clock, ring);
}
