using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Native;

/// <summary>pidfd_open(2) and what goes with it: processes held by a descriptor, which never comes to mean another process.</summary>
internal static unsafe partial class ProcessHandle
{
    private const int OpenNumber = 434, SendSignalNumber = 424;     // the same on every processor
    private const int ByDescriptor = 3, Exited = 4, DoNotHang = 1;
    private const int SetParentDeathSignal = 1;
    private const int SignalInfoBytes = 128, Kill = 9;

    static ProcessHandle() => Errno.Prime();

    /// <summary>Holds a process that is known to exist: a child that has not been reaped, or the parent.</summary>
    public static SafeFileHandle Open(int pid)
    {
        int descriptor = (int)Syscall(OpenNumber, pid, 0, 0, 0);
        if (descriptor >= 0) return new SafeFileHandle(descriptor, ownsHandle: true);
        throw new SystemCallException("pidfd_open", $"process {pid}", Errno.Last);
    }

    /// <summary>Holds a child that has just been started; one that cannot be held is ended and forgotten.</summary>
    public static SafeFileHandle OpenNewChild(int pid)
    {
        try
        {
            return Open(pid);
        }
        catch (SystemCallException)
        {
            _ = KillById(pid, Kill);                    // the id still means our child: nobody has reaped it
            _ = WaitById(pid, null, 0);
            throw;
        }
    }

    /// <summary>Sends a signal to exactly the process that is held.</summary>
    /// <returns>False when it has ended.</returns>
    public static bool Send(SafeFileHandle process, int signal, string subject)
    {
        bool held = false;
        process.DangerousAddRef(ref held);
        try
        {
            if (Syscall(SendSignalNumber, process.DangerousGetHandle(), signal, 0, 0) == 0) return true;
            if (Errno.Last == Errno.Esrch) return false;
            throw new SystemCallException("pidfd_send_signal", subject, Errno.Last);
        }
        finally
        {
            process.DangerousRelease();
        }
    }

    /// <summary>Takes the exit status of a child, which frees its entry in the process table.</summary>
    /// <returns>Null while it runs; <c>Code</c> 1 with the exit code, 2 or 3 with the signal's number; all zero when somebody else has taken it.</returns>
    public static (int Code, int Status)? Reap(SafeFileHandle child, string subject)
    {
        int* info = stackalloc int[SignalInfoBytes / sizeof(int)];
        // Safe because siginfo_t takes 128 bytes on every Linux; its signal comes first, its code third, its status after the process and user ids.
        new Span<byte>(info, SignalInfoBytes).Clear();
        while (WaitId(ByDescriptor, child, info, Exited | DoNotHang) < 0)
        {
            if (Errno.Last == Errno.Echild) return (0, 0);
            if (Errno.Last != Errno.Eintr) throw new SystemCallException("waitid", subject, Errno.Last);
        }

        return info[0] == 0 ? null : (info[2], info[sizeof(nint) == 8 ? 6 : 5]);
    }

    /// <summary>Has the system send a signal to this process when the thread that started it ends.</summary>
    public static void DieWithParent(int signal)
    {
        if (Prctl(SetParentDeathSignal, signal, 0, 0, 0) < 0) throw new SystemCallException("prctl(PR_SET_PDEATHSIG)", "this process", Errno.Last);
    }

    /// <summary>The parent as it is now: another process once the one that started us has ended.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int KillById(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitById(int pid, int* status, int options);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int kind, SafeFileHandle child, int* info, int options);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nint a, nint b, nint c, nint d);
}
