using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>sigaction(2), kill(2) and their kin.</summary>
internal static unsafe partial class SignalCalls
{
    private const int Tgkill = 234;                     // on x64, the one processor that the handlers of this package are written for

    static SignalCalls() => Errno.Prime();

    public static int Sigaction(int signal, in SignalAction action)
    {
        // Safe because the callee copies the struct and keeps no pointer to it.
        fixed (SignalAction* now = &action) return sigaction(signal, now, null);
    }

    public static int ReadAction(int signal, out SignalAction action)
    {
        // Safe because the callee fills the struct and keeps no pointer to it.
        fixed (SignalAction* before = &action) return sigaction(signal, null, before);
    }

    /// <summary>To one thread of this process: a handler has run on the calling thread when a signal to itself returns.</summary>
    public static int ToThread(int thread, int signal) => (int)syscall(Tgkill, Environment.ProcessId, thread, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "gettid")]
    public static partial int CurrentThread();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sigaction(int signal, SignalAction* now, SignalAction* before);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint process, nint thread, nint signal);
}

/// <summary>struct sigaction as glibc and musl have it on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Explicit, Size = 152)]
internal struct SignalAction
{
    public const nint Default = 0;
    public const nint Ignored = 1;
    public const int TellsWhoSent = 0x4;                // SA_SIGINFO
    public const int RestartsCalls = 0x10000000;        // SA_RESTART

    [FieldOffset(0)] public nint Handler;
    [FieldOffset(136)] public int Flags;                // the 128 bytes between are the mask: no signal is blocked by any action of ours

    /// <summary>Whether the system calls a function; otherwise it ignores the signal or does what is usual.</summary>
    public readonly bool IsHandled => Handler is not (Default or Ignored);
}
