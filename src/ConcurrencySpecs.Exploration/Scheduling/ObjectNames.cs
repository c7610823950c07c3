using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Names for memory that mean the same in every execution: which thread made the object, as its how many-th, and the place inside.</summary>
/// <remarks>
/// Addresses and orders of first use differ between executions. Where objects are announced when they are made, the search can tell two
/// locations apart that it met in different executions; where they are not, it assumes that they may be the same and does some work twice.
/// </remarks>
internal sealed unsafe class ObjectNames
{
    private const int OffsetBits = 30, IndexBits = 26;
    private static readonly bool _sizesKnown = BytesOf(new byte[100]) is >= 100 and <= 140 && BytesOf(new long[10]) is >= 80 and <= 120;

    private nint[] _starts = new nint[64];
    private (nint End, long Name)[] _objects = new (nint, long)[64];
    private int _count;
    private bool _sorted = true;

    public void Clear() => (_count, _sorted) = (0, true);

    public static long NameOf(int thread, int index) => ((long)(thread + 1) << (OffsetBits + IndexBits)) | ((long)index << OffsetBits);

    public void Add(object made, int thread, int index)
    {
        if (!_sizesKnown || index >> IndexBits != 0) return;
        if (_count == _starts.Length)
        {
            Array.Resize(ref _starts, _count * 2);
            Array.Resize(ref _objects, _count * 2);
        }
        nint start = AddressOf(made);
        _sorted &= _count == 0 || start > _starts[_count - 1];
        _starts[_count] = start;
        _objects[_count++] = (start + BytesOf(made), NameOf(thread, index));
    }

    /// <summary>The name of a location, 0 when its object was not announced.</summary>
    public long Of(nint address)
    {
        if (_count == 0) return 0;
        if (!_sorted) Array.Sort(_starts, _objects, 0, _count);
        _sorted = true;
        int found = Array.BinarySearch(_starts, 0, _count, address);
        if (found < 0) found = ~found - 1;
        if (found < 0 || address >= _objects[found].End) return 0;
        nint offset = address - _starts[found];
        return offset >> OffsetBits != 0 ? 0 : _objects[found].Name | (long)offset;
    }

    // Safe because the address is only a number here; the collector's moves are noticed after the execution, which is then repeated.
    private static nint AddressOf(object made) => *(nint*)Unsafe.AsPointer(ref made);

    // Safe because _sizesKnown checks the layout of the runtime's type descriptor: component size, flags, base size.
    private static nint BytesOf(object made)
    {
        uint* type = *(uint**)AddressOf(made);
        nint bytes = (nint)type[1];
        return made is Array array ? bytes + (nint)(array.LongLength * (ushort)type[0]) : bytes;
    }
}
