using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Locks;

/// <summary>The readers of a <see cref="PhaseFairReaderWriterLock"/> whose threads share a line: who came, who left, and which writer keeps them out.</summary>
/// <remarks>Top-level and padded: readers of different stripes write to different cache lines. 128 covers the adjacent-line prefetcher.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 2 * Line)]
internal struct ReaderStripe
{
    private const int Line = 64;
    private const int Reader = 4;           // readers are counted above the two bits of the writer
    private const int WriterBits = 3;
    private const int WriterHere = 2;
    private const int Phase = 1;            // tells two writers apart that follow each other

    // I1  _in − _out, without the writer's bits, is how many readers are inside or wait for a writer to leave
    // I2  the writer's bits stand in _in from when the writer whose turn it is closes the stripe until it opens it
    // I3  the phase changes whenever the stripe is closed, so that a reader who sleeps through an opening does not wait for the next writer
    [FieldOffset(1 * Line)] private int _in;
    [FieldOffset(1 * Line + 4)] private int _out;
    [FieldOffset(1 * Line + 8)] private int _phase;         // the writer's alone
    [FieldOffset(1 * Line + 12)] private int _toLeave;      // the writer's alone: what _out will be when those have left who came before it

    /// <summary>How many readers have come, ever; what changes when one more does.</summary>
    public int Came => Volatile.Read(ref _in) & ~WriterBits;

    /// <summary>Whether nobody is inside or waits; never true for one who is.</summary>
    public bool IsEmpty
    {
        get
        {
            int left = Volatile.Read(ref _out);     // acquire ← [read]; before the other, or who comes and leaves between the two makes up for us
            return Came == left;
        }
    }

    public bool IsClosed => (Volatile.Read(ref _in) & WriterBits) != 0;

    /// <summary>By a reader: takes a place.</summary>
    /// <returns>0 when it is inside; otherwise the writer that it has to wait for.</returns>
    public int Enter() => Interlocked.Add(ref _in, Reader) & WriterBits;    // acquire ← [wrote]

    /// <summary>By a reader that waits: whether the writer it met has left. The next one has another phase, and waits for the reader.</summary>
    public bool HasLeft(int writer) => (Volatile.Read(ref _in) & WriterBits) != writer;     // acquire ← [wrote]

    /// <summary>By a reader: takes a place if no writer is in the way.</summary>
    public bool TryEnter()
    {
        for (int seen = Volatile.Read(ref _in); (seen & WriterBits) == 0;)
        {
            int found = Interlocked.CompareExchange(ref _in, seen + Reader, seen);          // acquire ← [wrote]
            if (found == seen) return true;
            seen = found;
        }

        return false;
    }

    /// <summary>By a reader that must not wait after all.</summary>
    public void TakeBack() => Interlocked.Add(ref _in, -Reader);

    /// <summary>By a reader that is inside.</summary>
    public void Leave() => Interlocked.Add(ref _out, Reader);       // release → [read]

    /// <summary>By the writer whose turn it is: who comes from now on waits for it.</summary>
    public void Close()
    {
        _phase ^= Phase;
        int bits = WriterHere | _phase;
        _toLeave = Interlocked.Add(ref _in, bits) - bits;
    }

    /// <summary>By the writer that has closed: whether all have left who came before it.</summary>
    public bool IsDrained => Volatile.Read(ref _out) == _toLeave;   // acquire ← [read]

    /// <summary>By the writer whose turn it is: closes if the stripe is empty.</summary>
    public bool TryClose()
    {
        int left = Volatile.Read(ref _out);                         // acquire ← [read]
        int next = _phase ^ Phase;
        if (Interlocked.CompareExchange(ref _in, left | WriterHere | next, left) != left) return false;
        _phase = next;
        return true;
    }

    /// <summary>By the writer that has closed.</summary>
    public void Open() => Interlocked.And(ref _in, ~WriterBits);    // release → [wrote]
}
