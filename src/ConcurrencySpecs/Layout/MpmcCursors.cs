using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Layout;

/// <summary>Head and tail on their own cache lines: consumers contend for one, producers for the other.</summary>
/// <remarks>Top-level because the runtime refuses explicit layout inside a generic type. 128 covers the adjacent-line prefetcher.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 3 * 128)]
internal struct MpmcCursors
{
    [FieldOffset(1 * 128)] public long Head;
    [FieldOffset(2 * 128)] public long Tail;
}
