using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Layout;

/// <summary>One line per side: each side's own cursor, and beside it the side's last look at the other's.</summary>
/// <remarks>Top-level because the runtime refuses explicit layout inside a generic type. 128 covers the adjacent-line prefetcher.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 3 * 128)]
internal struct SpscCursors
{
    [FieldOffset(1 * 128)] public long Tail;            // written by the producer, read by both
    [FieldOffset(1 * 128 + 8)] public long CachedHead;  // the producer's alone
    [FieldOffset(1 * 128 + 16)] public long Granted;    // the producer's alone
    [FieldOffset(2 * 128)] public long Head;            // written by the consumer, read by both
    [FieldOffset(2 * 128 + 8)] public long CachedTail;  // the consumer's alone
}
