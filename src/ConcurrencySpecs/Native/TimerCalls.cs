using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>timerfd_create(2): a timer of the monotonic clock that a thread waits for by reading.</summary>
internal static unsafe partial class TimerCalls
{
    private const int Monotonic = 1;
    private const int CloseOnExec = 0x80000;
    private const int Absolute = 1;
    private const long NanosecondsPerSecond = 1_000_000_000;

    static TimerCalls() => Errno.Prime();

    public static int Create()
    {
        int descriptor = timerfd_create(Monotonic, CloseOnExec);
        return descriptor >= 0 ? descriptor
            : throw new SystemCallException("timerfd_create", "a new timer", Errno.Last, "Close descriptors, or raise `ulimit -n`.");
    }

    /// <summary>Sets the timer to a moment of the monotonic clock; it replaces the one before, and a moment that is past comes at once.</summary>
    public static void Set(int descriptor, long nanoseconds)
    {
        var setting = new Setting { Seconds = nanoseconds / NanosecondsPerSecond, Nanoseconds = nanoseconds % NanosecondsPerSecond };
        // Safe because the callee copies the struct and keeps no pointer to it.
        if (timerfd_settime(descriptor, Absolute, &setting, null) != 0)
            throw new SystemCallException("timerfd_settime", $"descriptor {descriptor}", Errno.Last);
    }

    /// <summary>Waits until the timer has come, whatever signals the thread gets.</summary>
    public static void Await(int descriptor)
    {
        Span<byte> times = stackalloc byte[sizeof(long)];
        _ = PipeCalls.Read(descriptor, times);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int timerfd_create(int clock, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int timerfd_settime(int descriptor, int flags, Setting* now, Setting* before);

    private struct Setting
    {
        public long IntervalSeconds;
        public long IntervalNanoseconds;
        public long Seconds;
        public long Nanoseconds;
    }
}
