using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A <see cref="ProcessLock"/> that its holder may enter again; it is free once it has been exited as often.</summary>
/// <remarks>
/// <para>Progress — as <see cref="ProcessLock"/>; the holder never waits.</para>
/// <para>Ordering — as <see cref="ProcessLock"/>.</para>
/// <para>Cost — as <see cref="ProcessLock"/>; entering again and exiting an inner level are plain accesses to the lock's line.</para>
/// <para>Failure — as <see cref="ProcessLock"/>: whatever its depth was, a lock whose holder died is entered anew, once.</para>
/// <para>Source — Python's multiprocessing.RLock, whose owner is a thread of a process too, and which does not survive it.</para>
/// </remarks>
[JsonConverter(typeof(HandedConverter))]
public sealed class RecursiveProcessLock : ILock, IHanded<RecursiveProcessLock>, IDisposable
{
    // I1  the mutex's Depth counts the levels beyond the first; only the holder reads or writes it, through whichever object it likes
    private readonly ProcessLock _lock;

    private RecursiveProcessLock(ProcessLock of) => _lock = of;

    static string IHanded<RecursiveProcessLock>.Kind => ProcessLock.KindOfSegment;

    SharedMemorySegment IHanded<RecursiveProcessLock>.Segment => _lock.Segment;

    /// <inheritdoc/>
    public bool IsHeldByCurrentThread => _lock.IsHeldByCurrentThread;

    /// <summary>How many times the calling thread has entered and not yet exited.</summary>
    public int Depth => IsHeldByCurrentThread ? _lock.Mutex.Depth + 1 : 0;

    /// <inheritdoc cref="ProcessLock.AbandonedBy"/>
    public int? AbandonedBy => _lock.AbandonedBy;

    internal ProcessLock Inner => _lock;

    private ref RobustWords Words => ref _lock.Segment.At<RobustWords>(0);       // also of a lock that was disposed while we were about to enter

    static RecursiveProcessLock IHanded<RecursiveProcessLock>.In(SharedMemorySegment segment) => Of(segment);

    internal static RecursiveProcessLock Of(SharedMemorySegment segment) => new(ProcessLock.Of(segment));

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
        if (!RobustMutex.IsMine(ref Words) || Words.Depth == 0) _lock.Exit();
        else Words.Depth--;
    }

    /// <inheritdoc cref="ProcessLock.Unlink"/>
    public void Unlink() => _lock.Unlink();

    /// <inheritdoc cref="ProcessLock.Dispose"/>
    public void Dispose() => _lock.Dispose();

    // Not one more than before: a holder that died inside has left its depth here.
    private bool Begin()
    {
        Words.Depth = 0;
        return true;
    }

    private bool Deepen()
    {
        _lock.Mutex.Depth = checked(_lock.Mutex.Depth + 1);
        return true;
    }
}
