using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Layout;

/// <summary>The arithmetic of an array whose length is a power of two and whose positions count up for ever.</summary>
internal static class Ring
{
    public const int MaxLength = 1 << 30;

    public static T[] Create<T>(int capacity) => new T[LengthFor(capacity)];

    /// <summary>The length of a ring for <paramref name="capacity"/> items.</summary>
    public static int LengthFor(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxLength);
        return (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
    }

    /// <summary>The slot of a position; <paramref name="mask"/> is the ring's length less one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Slot<T>(T[] ring, long position, int mask) =>
        // Safe because masking with length − 1 keeps any position inside the array.
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ring), (nint)(position & mask));
}
