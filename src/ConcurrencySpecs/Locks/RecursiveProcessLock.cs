using System.Text.Json.Serialization;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A <see cref="ProcessLock"/> that its holder may enter again; it is free once it has been exited as often.</summary>
/// <remarks>
/// <para>Progress — as <see cref="ProcessLock"/>; the holder never waits.</para>
/// <para>Ordering — as <see cref="ProcessLock"/>.</para>
/// <para>Cost — as <see cref="ProcessLock"/>; entering again and exiting an inner level touch nothing that is shared.</para>
/// <para>Failure — as <see cref="ProcessLock"/>: whatever its depth was, a lock whose holder died is entered anew, once.</para>
/// <para>Source — Python's multiprocessing.RLock, whose owner is a thread of a process too, and which does not survive it.</para>
/// </remarks>
[JsonConverter(typeof(HandedConverter))]
public sealed class RecursiveProcessLock : ILock, IHanded<RecursiveProcessLock>, IDisposable
{
    // I1  0 < _depth exactly while a thread of this process holds _lock; only that thread reads or writes it
    private readonly ProcessLock _lock;
    private int _depth;

    private RecursiveProcessLock(ProcessLock of) => _lock = of;

    static string IHanded<RecursiveProcessLock>.Kind => KindOf<ProcessLock>();

    SharedMemorySegment IHanded<RecursiveProcessLock>.Segment => SegmentOf(_lock);

    /// <inheritdoc/>
    public bool IsHeldByCurrentThread => _lock.IsHeldByCurrentThread;

    /// <summary>How many times the calling thread has entered and not yet exited.</summary>
    public int Depth => IsHeldByCurrentThread ? _depth : 0;

    /// <inheritdoc cref="ProcessLock.AbandonedBy"/>
    public int? AbandonedBy => _lock.AbandonedBy;

    static RecursiveProcessLock IHanded<RecursiveProcessLock>.In(SharedMemorySegment segment) => new(In<ProcessLock>(segment));

    /// <inheritdoc cref="ProcessLock.Create()"/>
    public static RecursiveProcessLock Create() => new(ProcessLock.Create());

    /// <inheritdoc cref="ProcessLock.Create(string)"/>
    public static RecursiveProcessLock Create(string name) => new(ProcessLock.Create(name));

    /// <inheritdoc cref="ProcessLock.Open(string)"/>
    public static RecursiveProcessLock Open(string name) => new(ProcessLock.Open(name));

    /// <inheritdoc cref="ProcessLock.Acquire(CancellationToken)"/>
    public LockEntry Acquire(CancellationToken cancel = default) => Acquire(Timeout.InfiniteTimeSpan, cancel);

    /// <inheritdoc cref="ProcessLock.Acquire(TimeSpan, CancellationToken)"/>
    public LockEntry Acquire(TimeSpan timeout, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (IsHeldByCurrentThread)
        {
            Deepen();
            return AbandonedBy is null ? LockEntry.Entered : LockEntry.EnteredAbandoned;
        }

        LockEntry entry = _lock.Acquire(timeout, cancel);
        if (entry != LockEntry.TimedOut) Begin();
        return entry;
    }

    /// <inheritdoc cref="ProcessLock.MarkConsistent"/>
    public void MarkConsistent() => _lock.MarkConsistent();

    /// <inheritdoc/>
    /// <exception cref="LockAbandonedException">A holder died inside, and nobody has repaired what it left; the caller does not hold the lock.</exception>
    public void Enter(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (IsHeldByCurrentThread)
        {
            Deepen();
            return;
        }

        _lock.Enter(cancel);
        Begin();
    }

    /// <inheritdoc/>
    /// <exception cref="LockAbandonedException">A holder died inside, and nobody has repaired what it left; the caller does not hold the lock.</exception>
    public bool TryEnter() => IsHeldByCurrentThread ? Deepen() : _lock.TryEnter() && Begin();

    /// <inheritdoc/>
    /// <exception cref="LockAbandonedException">A holder died inside, and nobody has repaired what it left; the caller does not hold the lock.</exception>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        TimeLimit.Of(timeout, TimeProvider.System);     // misuse is misuse for the holder too
        cancel.ThrowIfCancellationRequested();
        return IsHeldByCurrentThread ? Deepen() : _lock.TryEnter(timeout, cancel) && Begin();
    }

    /// <inheritdoc/>
    /// <remarks>A lock that was entered abandoned and not marked consistent stays abandoned for the next one.</remarks>
    public void Exit()
    {
        if (!IsHeldByCurrentThread) throw LockErrors.NotHeld("exit it");
        if (--_depth == 0) _lock.Exit();
    }

    /// <inheritdoc cref="ProcessLock.Unlink"/>
    public void Unlink() => _lock.Unlink();

    /// <inheritdoc cref="ProcessLock.Dispose"/>
    public void Dispose() => _lock.Dispose();

    // Not one more than before: a thread that ended inside has left its depth here.
    private bool Begin()
    {
        _depth = 1;
        return true;
    }

    private bool Deepen()
    {
        _depth = checked(_depth + 1);
        return true;
    }

    private static string KindOf<T>() where T : IHanded<T> => T.Kind;

    private static SharedMemorySegment SegmentOf<T>(T one) where T : IHanded<T> => one.Segment;

    private static T In<T>(SharedMemorySegment segment) where T : IHanded<T> => T.In(segment);
}
