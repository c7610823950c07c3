using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>futex(2) on words in shared memory: sleep while a word holds a value, wake who sleeps at it, in whatever process.</summary>
/// <remarks>
/// Its sister <see cref="Futex"/> serves words of one process. No sleep lasts longer than <see cref="LongestSleep"/>: whoever was to wake a
/// sleeper may have been killed on the way, and then the sleeper looks again by itself.
/// </remarks>
internal static unsafe partial class SharedFutex
{
    /// <summary>After so long every sleeper looks again.</summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(50);

    private const int WaitOperation = 0, WakeOperation = 1;
    private const long NanosecondsPerTick = 100, NanosecondsPerSecond = 1_000_000_000;

    private static readonly nint _number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    static SharedFutex() => Errno.Prime();

    /// <summary>How often to look again before sleeping: a look costs nothing where the one who is awaited can run beside us.</summary>
    public static int SpinsBeforeSleep { get; } = Environment.ProcessorCount > 1 ? 40 : 0;

    /// <summary>Sleeps while <paramref name="word"/> is <paramref name="expected"/>, until a wake-up or a signal; <see cref="LongestSleep"/> at most.</summary>
    /// <param name="word">A word in mapped memory, which does not move.</param>
    /// <param name="expected">The call returns at once when the word holds something else.</param>
    /// <param name="timeout">What the caller has left; <see cref="Timeout.InfiniteTimeSpan"/>: as long as it takes. Callers look again.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Wait(ref int word, int expected, TimeSpan timeout)
    {
        TimeSpan sleep = timeout == Timeout.InfiniteTimeSpan || timeout > LongestSleep ? LongestSleep : timeout;
        if (sleep <= TimeSpan.Zero) return;
        long nanoseconds = sleep.Ticks * NanosecondsPerTick;
        var span = new Span { Seconds = nanoseconds / NanosecondsPerSecond, Nanoseconds = nanoseconds % NanosecondsPerSecond };
        // Safe because the word lies in mapped memory, which the collector does not move, and the span on this stack.
        if (Syscall(_number, (int*)Unsafe.AsPointer(ref word), WaitOperation, expected, &span) == 0) return;
        int error = Errno.Last;
        if (error is Errno.Eagain or Errno.Eintr or Errno.Etimedout) return;
        throw new SystemCallException("futex(FUTEX_WAIT)", "a word in shared memory", error);
    }

    /// <summary>Wakes up to <paramref name="count"/> of those who sleep at <paramref name="word"/>; the caller has changed it before.</summary>
    /// <returns>How many were woken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Wake(ref int word, int count)
    {
        // Safe because a wrong address wakes nobody.
        nint woken = SyscallWithoutTransition(_number, (int*)Unsafe.AsPointer(ref word), WakeOperation, count, null);
        Debug.Assert(woken >= 0, "the word lies in mapped memory");
        return (int)woken;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, int* word, int operation, int value, Span* timeout);

    // Safe without a transition because waking never blocks and takes about a microsecond: the collector can wait for it.
    [LibraryImport("libc", EntryPoint = "syscall"), SuppressGCTransition]
    private static partial nint SyscallWithoutTransition(nint number, int* word, int operation, int count, Span* timeout);

    /// <summary>struct timespec as a length of time.</summary>
    private struct Span
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
