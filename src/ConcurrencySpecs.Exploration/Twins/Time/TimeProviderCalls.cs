using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TimeProvider"/>: the system's clock becomes the virtual one, a program's own stays.</summary>
[CallsOf(typeof(TimeProvider)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes(".ctor")]
public static class TimeProviderCalls
{
    public static TimeProvider get_System() => Here(TimeProvider.System);
    public static DateTimeOffset GetUtcNow(TimeProvider self) => Here(self).GetUtcNow();
    public static DateTimeOffset GetLocalNow(TimeProvider self) => Here(self).GetLocalNow();
    public static TimeZoneInfo get_LocalTimeZone(TimeProvider self) => Here(self).LocalTimeZone;
    public static long get_TimestampFrequency(TimeProvider self) => Here(self).TimestampFrequency;
    public static long GetTimestamp(TimeProvider self) => Here(self).GetTimestamp();
    public static TimeSpan GetElapsedTime(TimeProvider self, long startingTimestamp, long endingTimestamp) =>
        Here(self).GetElapsedTime(startingTimestamp, endingTimestamp);
    public static TimeSpan GetElapsedTime(TimeProvider self, long startingTimestamp) => Here(self).GetElapsedTime(startingTimestamp);
    public static ITimer CreateTimer(TimeProvider self, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Here(self).CreateTimer(callback, state, dueTime, period);

    private static TimeProvider Here(TimeProvider clock) => Steps.Exploring && clock == TimeProvider.System ? VirtualTimeProvider.Instance : clock;
}
