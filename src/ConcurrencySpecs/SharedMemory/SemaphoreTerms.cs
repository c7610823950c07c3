using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>What a semaphore in shared memory knows as a whole: three cache lines.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct SemaphoreTerms
{
    [FieldOffset(0)] public RobustWords Mutex;

    [FieldOffset(64)] public EventCountWords Waiting;

    /// <summary>The units there are, free and held.</summary>
    [FieldOffset(128)] public long Total;

    /// <summary>How many may be free.</summary>
    [FieldOffset(136)] public int Maximum;

    /// <summary>How many came back from users that have gone.</summary>
    [FieldOffset(140)] public int Recovered;

    /// <summary>No place from this one on has ever held a unit.</summary>
    [FieldOffset(144)] public int PlacesUsed;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is below 1, or <paramref name="initial"/> is not from 0 to it.</exception>
    public static SemaphoreTerms Of(int initial, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(initial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initial, maximum);
        return new() { Total = initial, Maximum = maximum };
    }
}
