using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>futex(2) on the words of this process: sleep while a word holds a value, wake who sleeps at it.</summary>
/// <remarks>
/// A wait may end for no reason, so callers look again in a loop. Where there is no futex (other systems, other processors) every wait ends
/// so after a yield: the callers stay correct and merely spin. An interrupt of the thread does not end a wait.
/// </remarks>
internal static unsafe partial class Futex
{
    private const int WaitBitsetPrivate = 9 | 128;      // its time-out is a moment of the monotonic clock, so a repeated call needs no arithmetic
    private const int WakePrivate = 1 | 128;
    private const int AnyBit = -1;
    private const int Interrupted = 4, ValueDiffers = 11, TimedOut = 110;
    private const long NanosecondsPerTick = 100, NanosecondsPerSecond = 1_000_000_000;

    private static readonly nint _number = !OperatingSystem.IsLinux() ? -1 : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 or Architecture.LoongArch64 or Architecture.RiscV64 => 98,
        _ => -1,
    };

    /// <summary>Sleeps while <paramref name="word"/> is <paramref name="expected"/>, until a wake-up, at most so long;
    /// looking and falling asleep are one step.</summary>
    /// <param name="word">A field; while the call lasts the collector leaves its object where it is.</param>
    /// <param name="expected">The call returns at once when the word holds something else.</param>
    /// <param name="timeout">Counted from the call on the monotonic clock, kept under signals; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <returns>False when the time was up; true for every other reason to look again.</returns>
    public static bool Wait(ref int word, int expected, TimeSpan timeout)
    {
        if (_number < 0)
        {
            Thread.Yield();
            return true;
        }

        Moment until = timeout == Timeout.InfiniteTimeSpan ? default : Moment.In(timeout);
        fixed (int* at = &word)
        {
            while (true)
            {
                // Safe because the word is pinned and the moment lies on this stack for as long as the call lasts.
                if (Syscall(_number, at, WaitBitsetPrivate, expected, timeout == Timeout.InfiniteTimeSpan ? null : &until, null, AnyBit) == 0) return true;
                int error = Marshal.GetLastPInvokeError();
                if (error == ValueDiffers) return true;
                if (error == TimedOut) return false;
                if (error != Interrupted) throw new Win32Exception(error, $"futex(2) refused to wait ({Marshal.GetPInvokeErrorMessage(error)}).");
            }
        }
    }

    /// <summary>Wakes up to <paramref name="count"/> of those who sleep at <paramref name="word"/>; the caller has changed it before.</summary>
    public static void Wake(ref int word, int count)
    {
        if (_number < 0) return;
        // Safe because who sleeps at the word has pinned it, and where nobody does a wrong address wakes nobody.
        fixed (int* at = &word) SyscallWithoutTransition(_number, at, WakePrivate, count, null, null, 0);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, int* word, int operation, int value, Moment* until, int* other, int mask);

    // Safe without a transition because waking never blocks and takes about a microsecond: the collector can wait for it.
    [LibraryImport("libc", EntryPoint = "syscall"), SuppressGCTransition]
    private static partial nint SyscallWithoutTransition(nint number, int* word, int operation, int count, Moment* until, int* other, int mask);

    /// <summary>struct timespec: a moment of the monotonic clock, which is the clock of <see cref="Stopwatch"/> on Linux.</summary>
    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;

        public static Moment In(TimeSpan span)
        {
            long moment = Stopwatch.GetTimestamp() + span.Ticks * NanosecondsPerTick;
            return new() { Seconds = moment / NanosecondsPerSecond, Nanoseconds = moment % NanosecondsPerSecond };
        }
    }
}
