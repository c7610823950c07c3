using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>sched_setattr(2): how long a thread runs at a stretch while others want its core; from Linux 6.12 on, and without effect before.</summary>
/// <remarks>
/// Its share of the core stays as it is, and so do its policy and niceness. A thread that wakes up beside one with longer slices goes first at once;
/// beside one with slices like its own it waits for the end of that one's, which can be four milliseconds away.
/// </remarks>
internal static unsafe partial class TimeSlices
{
    private const int Ordinary = 0, Batch = 3;
    private const int NanosecondsPerTick = 100;

    static TimeSlices() => Errno.Prime();

    /// <summary>The longest that the system gives.</summary>
    public static TimeSpan Longest => TimeSpan.FromMilliseconds(100);

    /// <summary>The slices of the calling thread; zero where the system does not tell.</summary>
    public static TimeSpan OfThisThread => TryRead(out Attributes own) ? TimeSpan.FromTicks(own.Runtime / NanosecondsPerTick) : TimeSpan.Zero;

    /// <summary>Gives the calling thread other slices, and the threads that it starts from now on. A system that refuses leaves it as it is.</summary>
    public static void Take(TimeSpan slice)
    {
        if (!TryRead(out Attributes own)) return;
        own.Runtime = slice.Ticks * NanosecondsPerTick;
        // Safe because the callee copies the struct and keeps no pointer to it.
        _ = syscall(SetNumber, 0, &own, 0, 0);
    }

    private static int SetNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 314 : 274;

    private static bool TryRead(out Attributes own)
    {
        own = default;
        if (RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64)) return false;
        // Safe because the callee fills no more than the size that it is told, and keeps no pointer.
        fixed (Attributes* read = &own) if (syscall(SetNumber + 1, 0, read, Unsafe.SizeOf<Attributes>(), 0) != 0) return false;
        return own.Policy is Ordinary or Batch;          // threads of the real-time kinds have no slices
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint thread, Attributes* attributes, nint size, nint flags);

    /// <summary>struct sched_attr in its first version.</summary>
    private struct Attributes
    {
        public int Size;
        public int Policy;
        public long Flags;
        public int Niceness;
        public int Priority;
        public long Runtime;
        public long Deadline;
        public long Period;
    }
}
