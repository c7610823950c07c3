using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock between threads of any processes, which survives the death of its holder and tells the next one of it.</summary>
/// <remarks>
/// <para>Progress — blocking, for as long as the holder lives; newcomers may pass those who sleep. A cancellation is seen within 50 ms.</para>
/// <para>Ordering — mutual exclusion; what a holder wrote to shared memory is visible to the next one, also what a dead one wrote.</para>
/// <para>Cost — one exchange to enter and one to exit while nobody waits, no allocation, no system call; two pages of shared memory.</para>
/// <para>Failure — a holder that is killed, or a thread that ends inside, leaves the lock to the next, which learns of it; until somebody has said
/// that what it guards is repaired, every entrant learns of it.</para>
/// <para>Source — robust futexes: Molnár, Gleixner and Hart, Linux 2.6.17, 2006; the word's protocol: Drepper, "Futexes are tricky", 2011.</para>
/// </remarks>
[JsonConverter(typeof(HandedConverter))]
public sealed class ProcessLock : ILock, IHanded<ProcessLock>, IDisposable
{
    internal const string KindOfSegment = "ProcessLock";
    private const int Bytes = 64;

    // I1  the mutex and its Inconsistent mark change under the mutex itself; the mark is set by whoever takes it from the dead
    private readonly SharedMemorySegment _segment;

    private ProcessLock(SharedMemorySegment segment) => _segment = segment;

    static string IHanded<ProcessLock>.Kind => KindOfSegment;

    SharedMemorySegment IHanded<ProcessLock>.Segment => _segment;

    /// <inheritdoc/>
    public bool IsHeldByCurrentThread => RobustMutex.IsMine(ref Mutex);

    /// <summary>The process that died inside, for a holder that has entered an abandoned lock and not yet marked it consistent; null otherwise.</summary>
    public int? AbandonedBy => IsHeldByCurrentThread && Mutex.Inconsistent != 0 ? Mutex.Deceased : null;

    internal SharedMemorySegment Segment => _segment;

    internal ref RobustWords Mutex => ref _segment.Open().At<RobustWords>(0);

    static ProcessLock IHanded<ProcessLock>.In(SharedMemorySegment segment) => new(segment);

    internal static ProcessLock Of(SharedMemorySegment segment) => new(segment);

    /// <summary>Creates a lock without a name, to be handed to children.</summary>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left.</exception>
    public static ProcessLock Create() => new(SharedMemorySegment.CreateAnonymous(Bytes, KindOfSegment));

    /// <summary>Creates a lock under a name that is free.</summary>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    /// <exception cref="IOException">The name is taken; or there is not enough shared memory.</exception>
    public static ProcessLock Create(string name) => new(SharedMemorySegment.Create(name, Bytes, KindOfSegment));

    /// <summary>Opens the lock of that name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is something else than a lock, or from another namespace of process ids.</exception>
    public static ProcessLock Open(string name) => new(SharedMemorySegment.Open(name, KindOfSegment));

    /// <summary>Enters, also when the last holder died inside.</summary>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Whether the last holder died inside; what the lock guards has to be repaired then, and marked by <see cref="MarkConsistent"/>.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    /// <exception cref="LockRecursionException">The calling thread holds the lock already.</exception>
    /// <exception cref="ObjectDisposedException">The lock is disposed.</exception>
    public LockEntry Acquire(CancellationToken cancel = default) => Acquire(Patience.Endless(cancel));

    /// <summary>Enters, also when the last holder died inside, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Whether the lock was entered, and whether the last holder died inside.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    /// <exception cref="LockRecursionException">The calling thread holds the lock already and would wait for itself.</exception>
    /// <exception cref="ObjectDisposedException">The lock is disposed.</exception>
    public LockEntry Acquire(TimeSpan timeout, CancellationToken cancel = default) => Acquire(Patience.Of(timeout, cancel));

    /// <summary>Says that what the lock guards is in order again, so that the next one enters as if nobody had died.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock.</exception>
    public void MarkConsistent()
    {
        if (!IsHeldByCurrentThread) throw LockErrors.NotHeld("mark it consistent");
        Mutex.Inconsistent = 0;
    }

    /// <inheritdoc/>
    /// <exception cref="LockAbandonedException">A holder died inside, and nobody has repaired what it left; the caller does not hold the lock.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(CancellationToken cancel = default)
    {
        ref RobustWords mutex = ref Mutex;
        if (cancel.IsCancellationRequested || !RobustMutex.TryEnter(ref mutex)) RobustMutex.Enter(_segment, ref mutex, Patience.Endless(cancel));
        if (mutex.Inconsistent != 0) Refuse(ref mutex);
    }

    /// <inheritdoc/>
    /// <exception cref="LockAbandonedException">A holder died inside, and nobody has repaired what it left; the caller does not hold the lock.</exception>
    public bool TryEnter()
    {
        ref RobustWords mutex = ref Mutex;
        if (!RobustMutex.TryEnter(ref mutex)) return false;
        if (mutex.Inconsistent != 0) Refuse(ref mutex);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="LockAbandonedException">A holder died inside, and nobody has repaired what it left; the caller does not hold the lock.</exception>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        LockEntry entry = Acquire(timeout, cancel);
        if (entry == LockEntry.EnteredAbandoned) Refuse(ref Mutex);
        return entry == LockEntry.Entered;
    }

    /// <inheritdoc/>
    /// <remarks>A lock that was entered abandoned and not marked consistent stays abandoned for the next one.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit()
    {
        ref RobustWords mutex = ref _segment.At<RobustWords>(0);        // also of a lock that was disposed while we were about to enter
        if (!RobustMutex.IsMine(ref mutex)) RefuseToExit();
        RobustMutex.Exit(ref mutex);
        GC.KeepAlive(this);         // the memory stays until we have left
    }

    /// <summary>Takes the name away; those who have the lock open keep it.</summary>
    /// <inheritdoc cref="SharedMemorySegment.Unlink()" path="exception"/>
    public void Unlink() => _segment.Unlink();

    /// <summary>Lets go of the lock object in this process; those who wait at it here learn that it is disposed.</summary>
    /// <exception cref="InvalidOperationException">A thread of this process holds the lock, through this object or another one for it; nothing has
    /// changed.</exception>
    public void Dispose()
    {
        if (!_segment.IsDisposed && RobustMutex.IsHeldHere(ref Mutex))
            throw new InvalidOperationException(
                "A thread of this process holds the lock, through this object or another one for it. Exit it first, through either.");
        _segment.Dispose(locks: Bytes);
    }

    private LockEntry Acquire(Patience patience)
    {
        ref RobustWords mutex = ref Mutex;
        if (!RobustMutex.Enter(_segment, ref mutex, patience)) return LockEntry.TimedOut;
        return mutex.Inconsistent == 0 ? LockEntry.Entered : LockEntry.EnteredAbandoned;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RefuseToExit()
    {
        _segment.Open();
        throw LockErrors.NotHeld("exit it");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refuse(ref RobustWords mutex)
    {
        int deceased = mutex.Deceased;
        RobustMutex.Exit(ref mutex);
        GC.KeepAlive(this);
        throw new LockAbandonedException(_segment.Name is { } name ? $"the lock \"{name}\"" : "the lock", deceased);
    }
}
