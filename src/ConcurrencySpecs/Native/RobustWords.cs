using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>A robust mutex in shared memory, laid out as the C library's on 64 bits, so that both can stand in one robust list of a thread.</summary>
/// <remarks>A cache line of its own. What is zero is a free mutex; the three fields after <see cref="Previous"/> and <see cref="Next"/> are ours.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct RobustWords
{
    /// <summary>From here on the line has no word of the mutex: eight bytes for what changes hands together with it.</summary>
    public const int FreeAt = 56;

    /// <summary>Zero, or the holder's thread id; with a bit for waiters, and one that the kernel sets when the holder died.</summary>
    [FieldOffset(0)] public int Word;

    /// <summary>The links in the robust list of the holder's thread, addresses of its process; of meaning to nobody else.</summary>
    [FieldOffset(24)] public nint Previous;

    [FieldOffset(32)] public nint Next;

    /// <summary>The process that holds it; zero when none does, and while it enters and exits.</summary>
    [FieldOffset(40)] public int Process;

    /// <summary>Not zero from the death of a holder until somebody says that what it left has been repaired.</summary>
    [FieldOffset(44)] public int Inconsistent;

    /// <summary>The process whose death made it so.</summary>
    [FieldOffset(48)] public int Deceased;

    /// <summary>How often the holder has entered beyond the first time, where the mutex is one of a recursive lock; only the holder looks.</summary>
    [FieldOffset(52)] public int Depth;
}
