namespace ConcurrencySpecs.Waiting;

/// <summary>How long a call may wait, by which clock.</summary>
/// <remarks>
/// Zero answers at once, <see cref="Timeout.InfiniteTimeSpan"/> never gives up, any other negative span is misuse.
/// The system's waits count in clock ticks and may end up to one early; a limit never does, so it asks them for one millisecond more.
/// </remarks>
internal readonly struct TimeLimit
{
    private const int RoundingMilliseconds = 1;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _span;

    private TimeLimit(TimeSpan span, TimeProvider clock) => (_span, _clock) = (span, clock);

    public static TimeLimit Of(TimeSpan timeout, TimeProvider clock)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromMilliseconds(int.MaxValue - RoundingMilliseconds));
        }

        return new TimeLimit(timeout, clock);
    }

    public bool IsNow => _span == TimeSpan.Zero;

    private bool IsNever => _span == Timeout.InfiniteTimeSpan;

    private bool IsSystemTime => ReferenceEquals(_clock, TimeProvider.System);

    /// <summary>What a blocking wait is told; infinite where the limit is kept by an alarm of another clock.</summary>
    public int ThreadMilliseconds => IsNever || !IsSystemTime ? Timeout.Infinite : (int)RoundedUp.TotalMilliseconds;

    /// <summary>The alarm that ends a blocking wait on a clock which that wait does not know.</summary>
    public ITimer? ThreadAlarm(TimerCallback ring, object state) => IsSystemTime ? null : TaskAlarm(ring, state);

    /// <summary>The alarm that ends a wait which holds no thread.</summary>
    public ITimer? TaskAlarm(TimerCallback ring, object state) =>
        IsNever ? null : _clock.CreateTimer(ring, state, IsSystemTime ? RoundedUp : _span, Timeout.InfiniteTimeSpan);

    private TimeSpan RoundedUp => TimeSpan.FromMilliseconds((long)Math.Ceiling(_span.TotalMilliseconds) + RoundingMilliseconds);
}
