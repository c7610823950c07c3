using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>What a condition in shared memory knows of its line as a whole.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct ConditionTerms
{
    /// <summary>How many have ever come to wait.</summary>
    [FieldOffset(0)] public long Arrivals;

    /// <summary>The places from this one on have not been used yet.</summary>
    [FieldOffset(8)] public int PlacesUsed;
}

/// <summary>The place of one who waits at a condition in shared memory: two cache lines.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct ConditionPlace
{
    /// <summary>Held by the thread that waits, so that the system marks the place of the dead.</summary>
    [FieldOffset(0)] public RobustWords Life;

    /// <summary>Not zero once the waiter is notified; it sleeps here.</summary>
    [FieldOffset(64)] public int Notified;

    /// <summary>Its number in the order of arrival.</summary>
    [FieldOffset(72)] public long Arrival;
}
