using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>The system's clock inside an exploration: virtual time, counted from a fixed moment.</summary>
/// <remarks>
/// Reading the clock again and again at one line moves it on, twice as far each time, so that a loop until a deadline ends after a few rounds.
/// </remarks>
internal sealed class VirtualTimeProvider : TimeProvider
{
    public static readonly VirtualTimeProvider Instance = new();

    private static readonly DateTimeOffset _start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const long LongestJump = 3_600_000;

    private VirtualTimeProvider() { }

    /// <summary>Whether it is the system's clock, or what stands for it here.</summary>
    public static bool Is(TimeProvider clock) => clock == Instance || clock == System;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => Read() * TimeSpan.TicksPerMillisecond;
    public override DateTimeOffset GetUtcNow() => _start.AddMilliseconds(Read());
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(callback, state, dueTime, period);

    /// <summary>Milliseconds of virtual time in the calling logical thread.</summary>
    public static long Read()
    {
        Execution execution = Execution.Current!;
        ThreadState me = ThreadState.Mine;
        (int site, long jump) = me.ClockReading;
        jump = site == execution.Site ? Math.Min(LongestJump, Math.Max(1, jump * 2)) : 0;
        me.ClockReading = (execution.Site, jump);
        execution.Clock.Advance(jump);
        return execution.Clock.Milliseconds;
    }
}
