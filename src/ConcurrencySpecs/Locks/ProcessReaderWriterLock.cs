using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock for many readers or one writer, threads of any processes, which survives the death of those inside.</summary>
/// <remarks>
/// <para>Progress — blocking: a writer waits for the readers that are inside and for none that comes later; readers can be passed by writer after writer.
/// A cancellation is seen within 50 ms.</para>
/// <para>Ordering — a writer excludes everybody, readers exclude writers only; what a writer wrote is visible to all who enter after it.</para>
/// <para>Cost — one exchange to enter and one to exit for a reader, in a line of its own; for a writer the same and a look at each place that readers
/// have ever used at once; no allocation, no system call while nobody waits; four pages of shared memory.</para>
/// <para>Failure — a dead reader is out. A dead writer leaves the lock to the next, which learns of it; until some writer has said that what the lock
/// guards is repaired, every entrant learns of it. A thread that ends inside has died there.</para>
/// <para>Source — Hsieh and Weihl, "Scalable Reader-Writer Locks for Parallel Systems", 1992: a mutex for each reader; here they are robust futexes.</para>
/// <para>The holder is a thread. Reading is not recursive, and a reader does not become the writer. At most 240 readers are inside; more wait.</para>
/// </remarks>
[JsonConverter(typeof(HandedConverter))]
public sealed class ProcessReaderWriterLock : IHanded<ProcessReaderWriterLock>, IDisposable
{
    private const string KindOfSegment = "ProcessReaderWriterLock";
    private const int WriterAt = 0, TermsAt = 64, ReadersAt = 128, Places = 240, PlaceBytes = 64, Bytes = ReadersAt + Places * PlaceBytes;

    // I1  _mine lists the places at which the calling thread is inside as a reader; few, for few locks are held together
    [ThreadStatic] private static List<(ProcessReaderWriterLock Lock, int Place)>? _mine;
    [ThreadStatic] private static int _last;

    private readonly SharedMemorySegment _segment;

    private ProcessReaderWriterLock(SharedMemorySegment segment) => _segment = segment;

    static string IHanded<ProcessReaderWriterLock>.Kind => KindOfSegment;

    SharedMemorySegment IHanded<ProcessReaderWriterLock>.Segment => _segment;

    /// <summary>Whether the calling thread is inside as a reader.</summary>
    public bool IsReadHeldByCurrentThread => PlaceInList() >= 0;

    /// <summary>Whether the calling thread is inside as the writer.</summary>
    public bool IsWriteHeldByCurrentThread => Protocol.IsWriting;

    /// <summary>The process that died writing, for a thread that is inside an abandoned lock which is not yet marked consistent; null otherwise.</summary>
    public int? AbandonedBy => (IsReadHeldByCurrentThread || IsWriteHeldByCurrentThread) && Protocol.AbandonedBy is not 0 and var dead ? dead : null;

    private SharedReaderWriter Protocol => new(
        ref _segment.At<RobustWords>(WriterAt), ref _segment.At<ReaderWriterTerms>(TermsAt),
        MemoryMarshal.CreateSpan(ref _segment.At<RobustWords>(ReadersAt), Places), _segment);

    static ProcessReaderWriterLock IHanded<ProcessReaderWriterLock>.In(SharedMemorySegment segment) => new(segment);

    /// <summary>Creates a lock without a name, to be handed to children.</summary>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left.</exception>
    public static ProcessReaderWriterLock Create() => new(SharedMemorySegment.CreateAnonymous(Bytes, KindOfSegment));

    /// <summary>Creates a lock under a name that is free.</summary>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    /// <exception cref="IOException">The name is taken; or there is not enough shared memory.</exception>
    public static ProcessReaderWriterLock Create(string name) => new(SharedMemorySegment.Create(name, Bytes, KindOfSegment));

    /// <summary>Opens the lock of that name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is something else than a lock for readers and writers, or from another namespace of process ids.</exception>
    public static ProcessReaderWriterLock Open(string name) => new(SharedMemorySegment.Open(name, KindOfSegment));

    /// <summary>Enters as a reader, also when a writer died inside.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <returns>Whether the lock was entered, and whether a writer died inside. A reader cannot repair what it left: that takes a writer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside already.</exception>
    /// <exception cref="ObjectDisposedException">The lock is disposed.</exception>
    public LockEntry AcquireRead(TimeSpan timeout, CancellationToken cancel = default)
    {
        Patience patience = Patience.Of(timeout, cancel);
        _segment.Open();
        if (IsReadHeldByCurrentThread)
            throw new LockRecursionException(
                "This thread is inside as a reader already, and might wait for a writer that waits for it. Read in the outer scope.");
        int place = Protocol.EnterRead(patience, _last);
        if (place < 0) return LockEntry.TimedOut;
        _last = place;
        (_mine ??= []).Add((this, place));
        return Protocol.AbandonedBy == 0 ? LockEntry.Entered : LockEntry.EnteredAbandoned;
    }

    /// <summary>Enters as the writer, also when the last one died inside.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <returns>Whether the lock was entered, and whether a writer died inside: what the lock guards has to be repaired then, and marked by
    /// <see cref="MarkConsistent"/>.</returns>
    /// <inheritdoc cref="AcquireRead" path="exception"/>
    public LockEntry AcquireWrite(TimeSpan timeout, CancellationToken cancel = default)
    {
        Patience patience = Patience.Of(timeout, cancel);
        _segment.Open();
        if (!Protocol.EnterWrite(patience)) return LockEntry.TimedOut;
        return Protocol.AbandonedBy == 0 ? LockEntry.Entered : LockEntry.EnteredAbandoned;
    }

    /// <summary>Enters as a reader, waiting for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <exception cref="LockAbandonedException">A writer died inside, and nobody has repaired what it left; the caller is not inside.</exception>
    /// <inheritdoc cref="TryEnterRead(TimeSpan, CancellationToken)" path="exception[not(contains(.,'24 days'))]"/>
    public void EnterRead(CancellationToken cancel = default) => TryEnterRead(Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Enters as a reader if that is possible at once.</summary>
    /// <exception cref="LockAbandonedException">A writer died inside, and nobody has repaired what it left; the caller is not inside.</exception>
    public bool TryEnterRead() => TryEnterRead(TimeSpan.Zero);

    /// <summary>Enters as a reader, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <returns>False when the time was up first.</returns>
    /// <exception cref="LockAbandonedException">A writer died inside, and nobody has repaired what it left; the caller is not inside.</exception>
    /// <inheritdoc cref="AcquireRead" path="exception"/>
    public bool TryEnterRead(TimeSpan timeout, CancellationToken cancel = default)
    {
        LockEntry entry = AcquireRead(timeout, cancel);
        if (entry != LockEntry.EnteredAbandoned) return entry == LockEntry.Entered;
        int dead = Protocol.AbandonedBy;
        ExitRead();
        throw Abandoned(dead);
    }

    /// <summary>Leaves as a reader.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread is not inside as a reader; nothing has changed.</exception>
    public void ExitRead()
    {
        int entry = PlaceInList();
        if (entry < 0) throw LockErrors.NotHeld("leave it as a reader");
        int place = _mine![entry].Place;
        _mine.RemoveAt(entry);
        Protocol.ExitRead(place);
        GC.KeepAlive(this);         // the memory stays until we have left
    }

    /// <summary>Enters as the writer, waiting for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <inheritdoc cref="EnterRead" path="exception"/>
    public void EnterWrite(CancellationToken cancel = default) => TryEnterWrite(Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Enters as the writer if that is possible at once.</summary>
    /// <inheritdoc cref="TryEnterRead()" path="exception"/>
    public bool TryEnterWrite() => TryEnterWrite(TimeSpan.Zero);

    /// <summary>Enters as the writer, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <inheritdoc cref="TryEnterRead(TimeSpan, CancellationToken)"/>
    public bool TryEnterWrite(TimeSpan timeout, CancellationToken cancel = default)
    {
        LockEntry entry = AcquireWrite(timeout, cancel);
        if (entry != LockEntry.EnteredAbandoned) return entry == LockEntry.Entered;
        int dead = Protocol.AbandonedBy;
        ExitWrite();
        throw Abandoned(dead);
    }

    /// <summary>Says that what the lock guards is in order again, so that the next one enters as if nobody had died.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread is not inside as the writer.</exception>
    public void MarkConsistent()
    {
        _segment.Open();
        if (!IsWriteHeldByCurrentThread) throw LockErrors.NotHeld("mark it consistent");
        Protocol.MarkConsistent();
        GC.KeepAlive(this);
    }

    /// <summary>Leaves as the writer. A lock that was entered abandoned and not marked consistent stays abandoned for the next one.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread is not inside as the writer; nothing has changed.</exception>
    public void ExitWrite()
    {
        if (!Protocol.IsWriting)
        {
            _segment.Open();
            throw LockErrors.NotHeld("leave it as the writer");
        }

        Protocol.ExitWrite();
        GC.KeepAlive(this);         // the memory stays until we have left
    }

    /// <summary>Takes the name away; those who have the lock open keep it.</summary>
    /// <inheritdoc cref="SharedMemorySegment.Unlink()" path="exception"/>
    public void Unlink() => _segment.Unlink();

    /// <summary>Lets go of the lock object in this process; those who wait at it here learn that it is disposed.</summary>
    /// <exception cref="InvalidOperationException">A thread of this process is inside; nothing has changed.</exception>
    public void Dispose()
    {
        if (!_segment.IsDisposed && Protocol.IsHeldHere)
            throw new InvalidOperationException("A thread of this process is inside the lock. Leave it first.");
        _segment.Dispose(locks: Bytes);
    }

    private int PlaceInList()
    {
        for (int i = (_mine?.Count ?? 0) - 1; i >= 0; i--) if (_mine![i].Lock == this) return i;
        return -1;
    }

    private LockAbandonedException Abandoned(int dead) =>
        new(_segment.Name is { } name ? $"the lock \"{name}\" as the writer" : "the lock as the writer", dead);
}
