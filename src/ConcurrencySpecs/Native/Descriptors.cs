using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Native;

/// <summary>File descriptors: anonymous memory, events between threads, inheritance, locks on open files.</summary>
/// <remarks>Every descriptor is made close-on-exec and lies above the three standard streams, even in a process that has closed those.</remarks>
internal static partial class Descriptors
{
    private const uint MemoryCloseOnExec = 1, MemorySealable = 2;
    private const int EventCloseOnExec = 0x80000, EventNonBlocking = 0x800;
    private const int DuplicateCloseOnExec = 1030, SetFlags = 2, CloseOnExec = 1, AddSeals = 1033, FirstFree = 3;
    private const int SealShrink = 2, SealGrow = 4;
    private const int LockShared = 1, LockExclusive = 2, LockNow = 4, Unlock = 8;
    private const int SetLockOfOpening = 38;                   // F_OFD_SETLKW
    private const short WriteLock = 1;

    static Descriptors() => Errno.Prime();

    /// <summary>A file that lives in memory, without a name, for as long as somebody holds it.</summary>
    /// <param name="label">For people who look into /proc; no name.</param>
    public static SafeFileHandle NewMemory(string label) => Owned(MemfdCreate(label, MemoryCloseOnExec | MemorySealable), "memfd_create", label);

    /// <summary>From now on nobody, not even we, can change the size of a file made by <see cref="NewMemory"/>.</summary>
    public static void SealSize(SafeFileHandle memory, string label)
    {
        if (Fcntl(memory, AddSeals, SealShrink | SealGrow) < 0) throw new SystemCallException("fcntl(F_ADD_SEALS)", label, Errno.Last);
    }

    /// <summary>A counter that poll(2) sees as readable once somebody has added to it.</summary>
    public static SafeFileHandle NewEvent() => Owned(EventFd(0, EventCloseOnExec | EventNonBlocking), "eventfd", "an event");

    /// <summary>Takes over a descriptor that this process inherited, and keeps it from the processes that it starts.</summary>
    public static SafeFileHandle Adopt(int descriptor)
    {
        var adopted = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Fcntl(adopted, SetFlags, CloseOnExec) == 0) return adopted;
        int error = Errno.Last;
        adopted.SetHandleAsInvalid();       // not ours: closing it could close somebody else's
        throw new SystemCallException("fcntl(F_SETFD)", $"descriptor {descriptor}", error, "It was expected to be inherited from the parent process.");
    }

    /// <summary>A second descriptor for the same open file.</summary>
    public static SafeFileHandle Duplicate(SafeFileHandle file)
    {
        int copy = Fcntl(file, DuplicateCloseOnExec, FirstFree);
        return copy >= 0 ? new SafeFileHandle(copy, ownsHandle: true) : throw new SystemCallException("fcntl(F_DUPFD_CLOEXEC)", "an open file", Errno.Last);
    }

    /// <summary>Reserves the memory behind a file now, so that a full file system is an error here and not a signal later.</summary>
    public static void Reserve(SafeFileHandle file, long bytes, string subject, string advice)
    {
        int error;
        do error = PosixFallocate(file, 0, bytes);
        while (error == Errno.Eintr);
        if (error != 0) throw new SystemCallException("posix_fallocate", subject, error, advice);
    }

    /// <summary>Holds the open file shared until its last descriptor is closed, in whatever process.</summary>
    /// <returns>False when somebody holds it alone.</returns>
    public static bool TryHoldShared(SafeFileHandle file) => Flock(file, LockShared | LockNow) == 0;

    /// <summary>Holds the open file alone.</summary>
    /// <returns>False when somebody else holds it in any way.</returns>
    public static bool TryHoldAlone(SafeFileHandle file) => Flock(file, LockExclusive | LockNow) == 0;

    /// <summary>Ends a hold, for every descriptor that came from the same opening.</summary>
    public static void LetGo(SafeFileHandle file, string subject)
    {
        if (Flock(file, Unlock) != 0) throw new SystemCallException("flock", subject, Errno.Last);
    }

    /// <summary>Waits until no other opening of the file has the right to take its name away, and has it until this one is closed, or its process has
    /// ended. It has nothing to do with holding the file.</summary>
    public static void HoldName(SafeFileHandle file, string subject)
    {
        while (Fcntl(file, SetLockOfOpening, new FileRange { Kind = WriteLock }) != 0)
            if (Errno.Last != Errno.Eintr) throw new SystemCallException("fcntl(F_OFD_SETLKW)", subject, Errno.Last);
    }

    private static SafeFileHandle Owned(int descriptor, string call, string subject)
    {
        if (descriptor < 0) throw new SystemCallException(call, subject, Errno.Last, "Raise the limit of open files (ulimit -n) if that is what was reached.");
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (descriptor >= FirstFree) return handle;
        using (handle) return Duplicate(handle);    // a standard stream was closed: its number is no place for anything else
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemfdCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, in FileRange range);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int PosixFallocate(SafeFileHandle file, long from, long bytes);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);

    /// <summary>struct flock; all zeros but for the kind: the whole file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileRange
    {
        public short Kind;
        public short CountedFrom;
        public long Start;
        public long Length;
        public int Process;
    }
}
