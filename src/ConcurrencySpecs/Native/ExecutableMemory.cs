using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>Pages of machine code: written once, then executable and never writable again; they live as long as the process.</summary>
internal static unsafe partial class ExecutableMemory
{
    private const int Readable = 1, Writable = 2, Executable = 4;
    private const int PrivateAnonymous = 0x22;
    private const int Failed = -1;

    static ExecutableMemory() => Errno.Prime();

    public static nint Load(ReadOnlySpan<byte> code)
    {
        nint length = Environment.SystemPageSize;
        if (code.Length > length) throw new ArgumentOutOfRangeException(nameof(code), code.Length, "The code has to fit into one page.");
        nint page = mmap(0, length, Readable | Writable, PrivateAnonymous, -1, 0);
        if (page == Failed) throw new SystemCallException("mmap", "a page of machine code", Errno.Last);
        // Safe because the page is ours, writable, and the code fits into it.
        code.CopyTo(new Span<byte>((void*)page, (int)length));
        if (mprotect(page, length, Readable | Executable) == 0) return page;
        throw new SystemCallException("mprotect", "a page of machine code", Errno.Last, "A policy of this system forbids new code; signals cannot be handled here.");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mprotect(nint address, nint length, int protection);
}
