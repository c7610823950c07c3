using System.Diagnostics;
using System.Globalization;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>How much of the machine other processes used while this one measured.</summary>
internal sealed class OtherWork
{
    private const string Counters = "/proc/stat";
    private const double TicksPerSecond = 100;      // USER_HZ, which Linux has fixed for its users
    private const int FirstIdle = 3;                // of: user, nice, system, idle, waiting for input and output, interrupts …
    private const int LastIdle = 4;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _busy = Busy();
    private readonly TimeSpan _own = Own();

    /// <summary>From 0 to 1, the share since this object was made; NaN where the system does not count it.</summary>
    public double Share() => !File.Exists(Counters) ? double.NaN
        : Math.Clamp((Busy() - _busy - (Own() - _own)) / (Stopwatch.GetElapsedTime(_start) * Environment.ProcessorCount), 0, 1);

    // Fields 14 to 17 of stat: its own time and that of the children that have ended. The second field may hold blanks and ends with a bracket.
    private static TimeSpan Own()
    {
        if (!File.Exists("/proc/self/stat")) return TimeSpan.Zero;
        string[] fields = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return TimeSpan.FromSeconds(fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond);
    }

    private static TimeSpan Busy()
    {
        if (!File.Exists(Counters)) return TimeSpan.Zero;
        string[] fields = File.ReadLines(Counters).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9];
        long ticks = fields.Where((_, i) => i is < FirstIdle or > LastIdle).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }
}
