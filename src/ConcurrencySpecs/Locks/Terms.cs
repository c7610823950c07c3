using System.Runtime.InteropServices;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Locks;

/// <summary>What a semaphore between processes says of itself in shared memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Terms
{
    /// <summary>The units there are, free and held.</summary>
    public long Total;

    /// <summary>How many may be free.</summary>
    public int Maximum;

    /// <summary>How many came back from users that have gone.</summary>
    public int Recovered;

    /// <summary>No place from this one on has ever held a unit.</summary>
    public int PlacesUsed;

    public static Terms Of(int initial, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(initial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initial, maximum);
        return new() { Total = initial, Maximum = maximum };
    }

    /// <summary>These terms as the first bytes of a segment.</summary>
    public readonly Initial Initial(long at) => new(MemoryMarshal.AsBytes(new ReadOnlySpan<Terms>(in this)).ToArray(), at);
}
