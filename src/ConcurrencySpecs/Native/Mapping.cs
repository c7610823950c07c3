using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Native;

/// <summary>mmap(2): a file's memory in this process, shared with everybody who maps it.</summary>
/// <remarks>
/// The addresses are never given back: after <see cref="Detach"/> they hold private zeros that take no memory. So a span or a reference that
/// somebody kept reads zeros and writes into nothing, where unmapping would end the process or, worse, show it another mapping.
/// </remarks>
internal sealed unsafe partial class Mapping
{
    private const int ReadWrite = 3;
    private const int Shared = 1, Private = 2, Fixed = 0x10, Anonymous = 0x20, NoReserve = 0x4000;

    // I1  _rest counts the bytes from the start that are still to be let go of, and is zero until somebody began with that
    private readonly byte* _start;
    private long _rest;
    private int* _losses;

    static Mapping() => Errno.Prime();

    /// <summary>Maps the first <paramref name="length"/> bytes of a file, which has to have them.</summary>
    public Mapping(SafeFileHandle file, long length, string subject)
    {
        Length = length;
        // Safe because the system chooses the place.
        _start = Map(null, (nuint)length, ReadWrite, Shared, file, 0);
        if ((nint)_start == -1) throw new SystemCallException("mmap", subject, Errno.Last);
    }

    public long Length { get; }

    /// <summary>Whether somebody has truncated the file under an access; what was cut off is private zeros since then.</summary>
    // Safe because the count lives as long as the process.
    public bool HasLostPages => _losses != null && Volatile.Read(ref *_losses) != 0;

    /// <summary>From now on an access behind the end of a truncated file is survived and counted, where there is a guard for that.</summary>
    public void SurviveTruncation() => _losses = TruncationGuard.Watch((nint)_start, Length);

    /// <summary>The byte at an offset, which the caller has checked.</summary>
    // Safe because the addresses stay ours for as long as the process lives.
    public ref byte At(long offset) => ref Unsafe.AsRef<byte>(_start + offset);

    /// <summary>A value at an offset, which the caller has checked and aligned.</summary>
    public ref T At<T>(long offset) where T : unmanaged => ref Unsafe.As<byte, T>(ref At(offset));

    /// <summary>
    /// Lets go of the memory and keeps the addresses: of whole pages from <paramref name="from"/> on now, of the rest when nobody can reach this
    /// object any more. Where locks lie, a thread may be in the middle of letting one go, and it knows its way by what is written there.
    /// </summary>
    public void Detach(long from = 0)
    {
        long start = (from + Environment.SystemPageSize - 1) & -Environment.SystemPageSize;
        if (start < Length) Replace(start, Length - start);
        _rest = Math.Min(start, Length);
    }

    ~Mapping()
    {
        if (_rest > 0) Replace(0, _rest);
    }

    private void Replace(long offset, long length)
    {
        // Safe because exactly our own addresses are replaced, in one step.
        byte* replaced = MapNothing(_start + offset, (nuint)length, ReadWrite, Private | Anonymous | Fixed | NoReserve, -1, 0);
        if (replaced != _start + offset) throw new SystemCallException("mmap", "memory that is let go of", Errno.Last);
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* Map(byte* at, nuint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* MapNothing(byte* at, nuint length, int protection, int flags, int file, nint offset);
}
