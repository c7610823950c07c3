using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ConcurrencySpecs.Layout;
using ConcurrencySpecs.Native;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>Bytes that a segment holds from its first moment, and where.</summary>
internal readonly ref struct Initial(ReadOnlySpan<byte> bytes, long at)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public long At { get; } = at;
}

/// <summary>How a segment's file is laid out: a page with header and users, then the owner's bytes.</summary>
internal static class SegmentFormat
{
    public const string PlainKind = "plain bytes";
    public const int HeaderBytes = 4096;
    private const int UsersAt = 256;
    public const int Places = (HeaderBytes - UsersAt) / 16;

    private static readonly long _namespace = ReadNamespace();

    /// <summary>Gives a new file its size and its header.</summary>
    public static void Write(SafeFileHandle file, long size, string kind, string subject, Initial initial)
    {
        if (size > long.MaxValue - HeaderBytes) throw new ArgumentOutOfRangeException(nameof(size), size, "No machine has so much memory.");
        Descriptors.Reserve(file, HeaderBytes + size, subject, NoRoom(size));
        var header = new SegmentHeader { Magic = SegmentHeader.TheMagic, Version = SegmentHeader.TheVersion, Users = UsersAt, Size = size };
        (header.Namespace, header.Layout) = (_namespace, SegmentHeader.TheLayout);
        byte[] text = Encoding.UTF8.GetBytes(kind);
        header.KindLength = Math.Min(text.Length, SegmentHeader.KindText.Length);
        text.AsSpan(0, header.KindLength).CopyTo(header.Kind);
        RandomAccess.Write(file, MemoryMarshal.AsBytes(new ReadOnlySpan<SegmentHeader>(ref header)), 0);
        RandomAccess.Write(file, initial.Bytes, HeaderBytes + initial.At);
    }

    /// <summary>Refuses what no memory of this machine, or of its container, can hold: a memfd has no limit of its own, and its reservation would meet
    /// the system's killer of processes instead of an error.</summary>
    public static void CheckRoom(long size, string subject)
    {
        long all = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (size <= all || size > long.MaxValue - HeaderBytes) return;          // the latter is refused by Write
        throw new SystemCallException("memfd_create", subject, Errno.Enospc, $"{NoRoom(size)} This process may use {all} bytes at most.");
    }

    private static string NoRoom(long size) => $"There is no room for {size} bytes. See what `stress reclaim` frees, or ask for less.";

    /// <summary>Refuses a file that is no segment, or not the one that the caller takes it for.</summary>
    /// <returns>The size of the owner's part.</returns>
    /// <exception cref="InvalidDataException">It is not what was asked for; the message says what it is and what to do.</exception>
    public static long Check(SafeFileHandle file, string subject, string kind)
    {
        SegmentHeader header = Read(file, subject);
        if (header.Layout != SegmentHeader.TheLayout)
            throw new InvalidDataException(
                $"{subject} is version {header.Version} with layout {header.Layout:X8}; this build reads layout {SegmentHeader.TheLayout:X8}. "
                + "It was made by another build of this library: delete it, or have its makers and its users built alike.");
        string found = Encoding.UTF8.GetString(((ReadOnlySpan<byte>)header.Kind)[..header.KindLength]);
        if (found != kind) throw new InvalidDataException($"{subject} holds {found}; {kind} was expected. Open it as what it is.");
        if (header.Namespace != _namespace)
            throw new InvalidDataException(
                $"{subject} was made in another namespace of process ids (another container), where ids mean other processes. Share it only within one.");
        CheckLength(file, HeaderBytes + header.Size, subject);
        return header.Size;
    }

    /// <summary>Refuses a file that is no segment of this version.</summary>
    public static void CheckOurs(SafeFileHandle file, string subject) => Read(file, subject);

    public static InvalidDataException Truncated(string subject) =>
        new($"{subject} was truncated by somebody while it was in use, and what was cut off is lost. Unlink it and create it anew.");

    /// <summary>Refuses a file that is shorter than it says.</summary>
    public static void CheckLength(SafeFileHandle file, long expected, string subject)
    {
        long length = RandomAccess.GetLength(file);
        if (length < expected)
            throw new InvalidDataException(
                $"{subject} is {length} bytes and was made with {expected}: somebody has truncated it. Unlink it and create it anew.");
    }

    public static SegmentUsers UsersOf(Mapping mapping) => new(ref mapping.At<SegmentUser>(UsersAt), Places);

    private static SegmentHeader Read(SafeFileHandle file, string subject)
    {
        if (!SharedFiles.IsRegular(file))
            throw new InvalidDataException($"{subject} was not made by this library (it is no regular file). Choose another name.");
        SegmentHeader header = default;
        int length = RandomAccess.Read(file, MemoryMarshal.AsBytes(new Span<SegmentHeader>(ref header)), 0);
        if (length < Unsafe.SizeOf<SegmentHeader>() || header.Magic != SegmentHeader.TheMagic)
            throw new InvalidDataException($"{subject} was not made by this library (its first bytes are others). Choose another name.");
        if (header.Version != SegmentHeader.TheVersion || header.KindLength is < 0 or > SegmentHeader.KindText.Length)
            throw new InvalidDataException(
                $"{subject} is version {header.Version}; this build reads version {SegmentHeader.TheVersion}. Delete it or upgrade its writers.");
        return header;
    }

    // The link reads "pid:[4026531836]".
    private static long ReadNamespace() =>
        new FileInfo("/proc/self/ns/pid").LinkTarget is { } link
        && Digits.TryRead(link.AsSpan(link.IndexOf('[') + 1).TrimEnd(']'), out long number) ? number : 0;
}
