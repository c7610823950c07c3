using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the clocks of <see cref="DateTime"/>.</summary>
[CallsOf(typeof(DateTime)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class DateTimeCalls
{
    public static DateTime get_UtcNow() => TimeProviderCalls.get_System().GetUtcNow().UtcDateTime;
    public static DateTime get_Now() => TimeProviderCalls.get_System().GetLocalNow().LocalDateTime;
    public static DateTime get_Today() => get_Now().Date;
}

/// <summary>Stands for the clocks of <see cref="DateTimeOffset"/>.</summary>
[CallsOf(typeof(DateTimeOffset)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class DateTimeOffsetCalls
{
    public static DateTimeOffset get_UtcNow() => TimeProviderCalls.get_System().GetUtcNow();
    public static DateTimeOffset get_Now() => TimeProviderCalls.get_System().GetLocalNow();
}
