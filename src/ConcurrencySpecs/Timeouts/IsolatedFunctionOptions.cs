namespace ConcurrencySpecs.Timeouts;

/// <summary>How an isolated function is ended, and how much it may be told and say.</summary>
public sealed class IsolatedFunctionOptions
{
    /// <summary>How long the process has from SIGTERM, which it may answer, to SIGKILL, which it cannot.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The most bytes of an argument or a result; memory is reserved for them in each process.</summary>
    public int MostBytes { get; init; } = 1 << 16;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Grace, TimeSpan.FromMilliseconds(int.MaxValue), nameof(Grace));
        ArgumentOutOfRangeException.ThrowIfLessThan(MostBytes, 1, nameof(MostBytes));
    }
}
