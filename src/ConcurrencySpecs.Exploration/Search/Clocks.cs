using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>A vector clock for every event of a trace, in one array: component t is 1 + the index of thread t's last event that happens before it, or 0.</summary>
internal sealed class Clocks
{
    private int[] _rows = new int[64 * 8];

    /// <summary>Components per row, a multiple of 8.</summary>
    public int Width { get; private set; } = 8;

    /// <summary>Makes room; true when rows that were filled before are lost.</summary>
    public bool Fit(int events, int threads)
    {
        bool wider = threads > Width;
        if (wider) Width = (threads + 7) & ~7;
        if (wider || events * Width > _rows.Length) Array.Resize(ref _rows, Math.Max(events * Width * 2, 512));
        return wider;
    }

    public int At(int row, int thread) => _rows[row * Width + thread];

    public void Set(int row, int thread, int value) => _rows[row * Width + thread] = value;

    public void Clear(int row) => Row(row).Clear();

    public void Copy(int from, int to) => Row(from).CopyTo(Row(to));

    /// <summary>Whether event <paramref name="earlier"/> of <paramref name="thread"/> happens before <paramref name="row"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Before(int earlier, int thread, int row) => _rows[row * Width + thread] > earlier;

    public void Join(int from, int into)
    {
        ref int source = ref MemoryMarshal.GetReference(Row(from));
        ref int target = ref MemoryMarshal.GetReference(Row(into));
        for (int i = 0; i < Width; i += Vector256<int>.Count)
        {
            Vector256<int> larger = Vector256.Max(Vector256.LoadUnsafe(ref source, (nuint)i), Vector256.LoadUnsafe(ref target, (nuint)i));
            larger.StoreUnsafe(ref target, (nuint)i);
        }
    }

    private Span<int> Row(int row) => _rows.AsSpan(row * Width, Width);
}
