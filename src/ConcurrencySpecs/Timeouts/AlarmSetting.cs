namespace ConcurrencySpecs.Timeouts;

/// <summary>How an alarm is set: when it rings next, and how often after that.</summary>
/// <param name="Remaining">Until the next ring; zero: it is not set.</param>
/// <param name="Interval">Between the rings after that; zero: it rings once.</param>
public readonly record struct AlarmSetting(TimeSpan Remaining, TimeSpan Interval)
{
    /// <summary>True when it is going to ring.</summary>
    public bool IsSet => Remaining != TimeSpan.Zero;
}
