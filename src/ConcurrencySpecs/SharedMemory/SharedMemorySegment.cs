using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>A piece of memory that several processes have in common, under a name or handed from a parent to its children.</summary>
/// <remarks>
/// <para>Progress — creating and opening make a bounded number of system calls; using the memory makes none.</para>
/// <para>Ordering — that of memory between threads: plain accesses are not ordered, <see cref="Volatile"/> and <see cref="Interlocked"/> work across
/// processes as well.</para>
/// <para>Cost — whole pages, and one page for the header; the memory is reserved when the segment is created, so that a full system is an error
/// there and not a signal later.</para>
/// <para>Failure — a segment that was named appears whole or not at all; when its last user has ended, however that was, the name is reclaimed by the
/// next process that creates one; an unlinked segment lives on for its users.</para>
/// <para>Source — shm_open(3), memfd_create(2), flock(2); unlike Python's, only an owner's explicit Unlink or the end of all users removes a name.</para>
/// <para>A span that outlives its segment reads zeros. Only the same user may open, reclaim or unlink a segment, whatever
/// rights its file has; root is a user like others. Whoever truncates the file of a named one (no call
/// of this library does) breaks it for all: opening and <see cref="AsSpan()"/> notice; an access to what was cut off meets zeros of its own process,
/// and from then on every member of what lies in the segment, a lock or a value, throws <see cref="InvalidDataException"/>. Survived are such
/// accesses on x64; on other processors they end the process. Segments without a name are sealed, and cannot be truncated.</para>
/// </remarks>
[JsonConverter(typeof(SegmentConverter))]
public sealed class SharedMemorySegment : ISharedMemory, IDisposable
{
    // I1  _mapping covers the header's page and Size bytes after it, and keeps its addresses for as long as the process lives
    // I2  a process that has a named segment mapped holds its file shared, through every descriptor and mapping of one opening
    private readonly Lock _gate = new();
    private readonly Mapping _mapping;
    private readonly SegmentUsers _users;
    private readonly (int Place, long Word) _me;
    private volatile bool _isDisposed;

    private SharedMemorySegment(SafeFileHandle file, string? name, string kind)
    {
        try
        {
            (File, Name) = (file, name);
            Size = SegmentFormat.Check(file, Subject, kind);
            _mapping = new Mapping(file, SegmentFormat.HeaderBytes + Size, Subject);
            if (name is not null) _mapping.SurviveTruncation();         // without a name it is sealed
            _users = SegmentFormat.UsersOf(_mapping);
            _me = _users.SignIn(Subject);
        }
        catch
        {
            _mapping?.Detach();
            file.Dispose();
            throw;
        }
    }

    /// <summary>The name; null for a segment that only goes from hand to hand.</summary>
    public string? Name { get; }

    /// <summary>How many bytes there are for use.</summary>
    public long Size { get; }

    /// <summary>The processes that use the segment now, this one included.</summary>
    public IReadOnlyList<int> Users => Open()._users.Living();

    internal SafeFileHandle File { get; }

    internal string Subject => Name is null ? "an anonymous segment" : $"the segment \"{Name}\"";

    internal SegmentUsers Table => _users;

    /// <summary>This opening's place in the table of users, which nobody else has before it is disposed or its process has ended.</summary>
    internal int Place => _me.Place;

    internal bool IsDisposed => _isDisposed;

    /// <summary>Creates a segment under a name that is free, all zeros.</summary>
    /// <param name="name">1 to 200 letters, digits, dots, hyphens and underscores.</param>
    /// <param name="size">In bytes.</param>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    /// <exception cref="IOException">The name is taken; or there is not enough shared memory (a <see cref="SystemCallException"/>).</exception>
    public static SharedMemorySegment Create(string name, long size) => Create(name, size, SegmentFormat.PlainKind);

    /// <summary>Creates a segment without a name, all zeros, to be handed to children as an argument or a part of it.</summary>
    /// <param name="size">In bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left. More than all the memory that the runtime may use
    /// (<see cref="GCMemoryInfo.TotalAvailableMemoryBytes"/>) is refused before anything is reserved.</exception>
    public static SharedMemorySegment CreateAnonymous(long size) => CreateAnonymous(size, SegmentFormat.PlainKind);

    /// <summary>Opens the segment of that name.</summary>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is not whole, of another version, or something else than a plain segment.</exception>
    /// <exception cref="SystemCallException">It belongs to another user.</exception>
    public static SharedMemorySegment Open(string name) => Open(name, SegmentFormat.PlainKind);

    /// <summary>Takes a name away; those who have the segment open keep it.</summary>
    /// <exception cref="FileNotFoundException">There is no such name.</exception>
    /// <exception cref="SystemCallException">It belongs to another user.</exception>
    public static void Unlink(string name)
    {
        string path = SegmentNames.PathOf(name);
        using SafeFileHandle? file = SharedFiles.TryOpen(path);
        if (file is null || !SegmentReclaimer.TryUnlink(file, path)) throw Missing(name);
    }

    /// <summary>Removes the names whose users have all ended; what anybody living uses stays.</summary>
    public static ReclaimedSegments Reclaim() => SegmentReclaimer.Run();

    /// <summary>The memory.</summary>
    /// <exception cref="ObjectDisposedException">The segment is disposed.</exception>
    /// <exception cref="InvalidDataException">Somebody has truncated the segment's file.</exception>
    /// <exception cref="InvalidOperationException">There are more bytes than a span can have: ask for a part.</exception>
    public Span<byte> AsSpan() => Size <= int.MaxValue ? AsSpan(0, (int)Size)
        : throw new InvalidOperationException($"{Subject} has {Size} bytes, more than a span can have. Ask for a part of it.");

    /// <summary>A part of the memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie inside.</exception>
    /// <exception cref="ObjectDisposedException">The segment is disposed.</exception>
    /// <exception cref="InvalidDataException">Somebody has truncated the segment's file.</exception>
    public Span<byte> AsSpan(long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Size - start);
        Open();
        SegmentFormat.CheckLength(File, SegmentFormat.HeaderBytes + Size, Subject);
        return MemoryMarshal.CreateSpan(ref _mapping.At(SegmentFormat.HeaderBytes + start), length);
    }

    /// <summary>Takes this segment's name away; it can still be used, also by others who have it.</summary>
    /// <exception cref="InvalidOperationException">It has no name.</exception>
    /// <exception cref="FileNotFoundException">The name was taken away before.</exception>
    public void Unlink()
    {
        if (Name is null) throw new InvalidOperationException("A segment without a name has nothing to unlink.");
        using SafeFileHandle own = SharedFiles.Reopen(Open().File, Subject);
        if (!SegmentReclaimer.TryUnlink(own, SegmentNames.PathOf(Name))) throw Missing(Name);      // another segment may bear the name by now
    }

    /// <summary>Lets go of the memory in this process; a name stays until it is unlinked or nobody uses it. Late spans read zeros.</summary>
    public void Dispose() => Dispose(0);

    /// <summary>The same, while the first <paramref name="locks"/> bytes hold locks that a thread may be about to leave.</summary>
    internal void Dispose(long locks)
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _users.SignOut(_me.Place, _me.Word);
            if (Name is not null) Descriptors.LetGo(File, Subject);
            _mapping.Detach(locks == 0 ? 0 : SegmentFormat.HeaderBytes + locks);
            File.Dispose();
        }
    }

    internal static SharedMemorySegment Create(string name, long size, string kind, Initial initial = default)
    {
        string path = SegmentNames.PathOf(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        SegmentReclaimer.RunOnce();
        SafeFileHandle file = SharedFiles.New($"the segment \"{name}\"");
        try
        {
            SegmentFormat.Write(file, size, kind, $"the segment \"{name}\"", initial);
            if (!Descriptors.TryHoldShared(file) || !SharedFiles.TryName(file, path))      // held first: a name that nobody holds may be reclaimed
                throw new IOException($"The name \"{name}\" is taken. Open it, choose another name, or unlink it if its users have ended badly.");
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return new(file, name, kind);
    }

    internal static SharedMemorySegment CreateAnonymous(long size, string kind, Initial initial = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        SegmentFormat.CheckRoom(size, "an anonymous segment");
        SafeFileHandle file = Descriptors.NewMemory("concurrencyspecs");
        try
        {
            SegmentFormat.Write(file, size, kind, "an anonymous segment", initial);
            Descriptors.SealSize(file, "an anonymous segment");
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return new(file, null, kind);
    }

    internal static SharedMemorySegment Open(string name, string kind)
    {
        SafeFileHandle? file = SegmentReclaimer.TryOpenHeld(SegmentNames.PathOf(name));
        return file is null ? throw Missing(name) : new(file, name, kind);
    }

    /// <summary>Takes over a file that came with an argument.</summary>
    internal static SharedMemorySegment Adopt(SafeFileHandle file, string? name, string kind) => new(file, name, kind);

    /// <summary>A value in the memory; the caller has checked the place.</summary>
    internal ref T At<T>(long offset) where T : unmanaged => ref _mapping.At<T>(SegmentFormat.HeaderBytes + offset);

    internal SharedMemorySegment Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_mapping.HasLostPages) throw SegmentFormat.Truncated(Subject);
        return this;
    }

    void ISharedMemory.ThrowIfGone() => Open();

    private static FileNotFoundException Missing(string name) =>
        new($"There is no segment \"{name}\". Its creator has to be there first, and at least one of its users still.", name);
}
