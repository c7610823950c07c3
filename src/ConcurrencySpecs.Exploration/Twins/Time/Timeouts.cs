using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Time-outs as the runtime checks them: −1 waits for ever, less is misuse.</summary>
internal static class Timeouts
{
    /// <exception cref="ArgumentOutOfRangeException">Below −1.</exception>
    public static int Check(int millisecondsTimeout, [CallerArgumentExpression(nameof(millisecondsTimeout))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(millisecondsTimeout, Timeout.Infinite, name);
        return millisecondsTimeout;
    }

    /// <exception cref="ArgumentOutOfRangeException">Below −1 ms or beyond what an int holds.</exception>
    public static int Milliseconds(TimeSpan timeout, [CallerArgumentExpression(nameof(timeout))] string? name = null)
    {
        long milliseconds = (long)timeout.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, Timeout.Infinite, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, int.MaxValue, name);
        return (int)milliseconds;
    }
}
