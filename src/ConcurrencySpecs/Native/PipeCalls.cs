using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>pipe2(2) and what is done with its ends.</summary>
internal static unsafe partial class PipeCalls
{
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int SetStatusFlags = 4;               // F_SETFL
    private const int SetPipeSize = 1031;               // F_SETPIPE_SZ
    private const short Writable = 4;                   // POLLOUT

    static PipeCalls() => Errno.Prime();

    /// <summary>A pipe whose reader blocks and whose writer does not, closed in children, of that size if the system grants it.</summary>
    public static (int Reader, int Writer) Create(int bytes)
    {
        int* ends = stackalloc int[2];
        // Safe because the array has the two elements that the call fills.
        if (pipe2(ends, CloseOnExec) != 0) throw new SystemCallException("pipe2", "a new pipe", Errno.Last, "Close descriptors, or raise `ulimit -n`.");
        if (fcntl(ends[1], SetStatusFlags, NonBlocking) != 0) throw new SystemCallException("fcntl", "a new pipe", Errno.Last);
        _ = fcntl(ends[1], SetPipeSize, bytes);         // refused where the user's share of pipe pages is used up: a smaller pipe serves too
        return (ends[0], ends[1]);
    }

    /// <summary>Waits for bytes; how many came.</summary>
    public static int Read(int descriptor, Span<byte> bytes)
    {
        fixed (byte* at = bytes)
        {
            while (true)
            {
                // Safe because the span is pinned and its length is given.
                nint count = read(descriptor, at, (nuint)bytes.Length);
                if (count >= 0) return (int)count;
                if (Errno.Last != Errno.Eintr) throw new SystemCallException("read", $"descriptor {descriptor}", Errno.Last);
            }
        }
    }

    /// <summary>Writes all of it as one piece (up to 4096 bytes), after waiting for room.</summary>
    public static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
        {
            // Safe because the span is pinned and its length is given.
            while (write(descriptor, at, (nuint)bytes.Length) < 0)
            {
                int error = Errno.Last;
                if (error == Errno.Eagain) WaitForRoom(descriptor);
                else if (error != Errno.Eintr) throw new SystemCallException("write", $"descriptor {descriptor}", Errno.Last);
            }
        }
    }

    private static void WaitForRoom(int descriptor)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = Writable };
        // Safe because the entry lies on this stack for as long as the call lasts; it may end early, and the writer looks again.
        _ = poll(&entry, 1, -1);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2(int* ends, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int value);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
