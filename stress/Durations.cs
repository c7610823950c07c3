using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ConcurrencySpecs.Stress;

/// <summary>Lengths of time as people write and read them: 500ms, 30s, 10m, 1.5h.</summary>
internal static class Durations
{
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(7);

    private static readonly (string Unit, TimeSpan Length)[] _units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
    ];

    /// <summary>Reads a number with its unit; otherwise <paramref name="error"/> says what is wrong and what would be right.</summary>
    public static bool TryParse(string text, out TimeSpan length, [NotNullWhen(false)] out string? error)
    {
        length = TimeSpan.Zero;
        string number = text.Trim().TrimEnd([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
        string unit = text.Trim()[number.Length..];
        TimeSpan one = _units.FirstOrDefault(known => known.Unit == unit).Length;
        if (one == TimeSpan.Zero || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
        {
            error = $"'{text}' is not a length of time. Write a number and its unit, like 500ms, 30s, 10m or 1h.";
            return false;
        }

        if (count * one.TotalSeconds is <= 0 or double.NaN || count * one.TotalSeconds > Longest.TotalSeconds)
        {
            error = $"'{text}' is out of range. A budget is more than nothing and at most {Longest.TotalDays:F0} days ({Longest.TotalHours:F0}h).";
            return false;
        }

        (length, error) = (one * count, null);
        return true;
    }

    /// <summary>Short, for tables: 0.4 ms, 12 ms, 0.24 s, 61 s, 12 min, 3.5 h.</summary>
    public static string Show(TimeSpan length) => length switch
    {
        { TotalMilliseconds: < 1 } => Number(length.TotalMilliseconds, "0.0", "ms"),
        { TotalMilliseconds: < 99.5 } => Number(length.TotalMilliseconds, "0", "ms"),
        { TotalSeconds: < 9.95 } => Number(length.TotalSeconds, "0.0", "s"),
        { TotalSeconds: < 599.5 } => Number(length.TotalSeconds, "0", "s"),
        { TotalMinutes: < 119.5 } => Number(length.TotalMinutes, "0", "min"),
        _ => Number(length.TotalHours, "0.0", "h"),
    };

    private static string Number(double count, string format, string unit) => count.ToString(format, CultureInfo.InvariantCulture) + " " + unit;
}
