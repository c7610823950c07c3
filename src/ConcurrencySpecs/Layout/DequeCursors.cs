using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Layout;

/// <summary>The owner's end and the thieves' end on their own cache lines; beside its end the owner keeps what only it needs.</summary>
/// <remarks>Top-level because the runtime refuses explicit layout inside a generic type. 128 covers the adjacent-line prefetcher.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 3 * 128)]
internal struct DequeCursors
{
    [FieldOffset(1 * 128)] public long Bottom;          // written by the owner, read by all
    [FieldOffset(1 * 128 + 8)] public long CachedTop;   // the owner's alone
    [FieldOffset(1 * 128 + 16)] public long Forgotten;  // the owner's alone
    [FieldOffset(2 * 128)] public long Top;             // moved by whoever takes the oldest item
}
