using System.Runtime.InteropServices;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>What a lock for readers and writers in shared memory knows besides its mutexes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct ReaderWriterTerms
{
    /// <summary>Zero, or the process that writes, or that died writing and left something to repair.</summary>
    [FieldOffset(0)] public int Writing;

    /// <summary>The places of readers from this one on have not been used yet.</summary>
    [FieldOffset(4)] public int PlacesUsed;
}
