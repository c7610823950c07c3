using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>futex(2), private to the process.</summary>
internal static unsafe partial class FutexCalls
{
    private const int WaitPrivate = 128, WakePrivate = 129;

    /// <summary>The number of futex(2) on this processor, or −1 where it is not known.</summary>
    private static readonly nint _number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 or Architecture.LoongArch64 or Architecture.RiscV64 => 98,
        _ => -1,
    };

    public static bool Supported => OperatingSystem.IsLinux() && _number > 0;

    public static nint Wait(int* word, int expected) => Syscall(_number, word, WaitPrivate, expected, null, null, 0);

    // Safe because waking never blocks and takes about a microsecond: the collector can wait for it.
    public static nint Wake(int* word) => SyscallWithoutTransition(_number, word, WakePrivate, 1, null, null, 0);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Syscall(nint number, int* word, int operation, int value, void* timeout, void* word2, int value3);

    [LibraryImport("libc", EntryPoint = "syscall"), SuppressGCTransition]
    private static partial nint SyscallWithoutTransition(nint number, int* word, int operation, int value, void* timeout, void* word2, int value3);
}
