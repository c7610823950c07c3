using System.Diagnostics;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock that its holder may enter again; it is free once it has been exited as often.</summary>
/// <remarks>
/// <para>Progress — blocking, with the bounded bypassing of <see cref="FutexLock"/>; the holder never waits.</para>
/// <para>Ordering — mutual exclusion; what a holder wrote is visible to the next one.</para>
/// <para>Cost — that of <see cref="FutexLock"/>; entering again and exiting an inner level touch nothing that is shared.</para>
/// <para>Failure — a wait that is cut short changes nothing; a level that is never exited keeps all others waiting.</para>
/// <para>Source — the recursive mutex of POSIX threads (IEEE Std 1003.1).</para>
/// </remarks>
public sealed class RecursiveLock : ILock
{
    // I1  0 < _depth exactly while _lock is held; only its holder reads or writes it
    private readonly FutexLock _lock;
    private int _depth;

    /// <summary>Creates a lock that is free.</summary>
    public RecursiveLock() : this(new()) { }

    internal RecursiveLock(FutexLock of) => _lock = of;

    /// <inheritdoc/>
    public bool IsHeldByCurrentThread => _lock.IsHeldByCurrentThread;

    /// <summary>How many times the calling thread has entered and not yet exited.</summary>
    public int Depth => IsHeldByCurrentThread ? _depth : 0;

    /// <inheritdoc/>
    public void Enter(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (!IsHeldByCurrentThread) _lock.Enter(cancel);
        Deepen();
    }

    /// <inheritdoc/>
    public bool TryEnter() => (IsHeldByCurrentThread || _lock.TryEnter()) && Deepen();

    /// <inheritdoc/>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        TimeLimit.Of(timeout, TimeProvider.System);     // misuse is misuse for the holder too
        cancel.ThrowIfCancellationRequested();
        return (IsHeldByCurrentThread || _lock.TryEnter(timeout, cancel)) && Deepen();
    }

    /// <inheritdoc/>
    public void Exit()
    {
        if (!IsHeldByCurrentThread) throw LockErrors.NotHeld("exit it");
        Debug.Assert(_depth > 0, "I1");
        if (--_depth == 0) _lock.Exit();
    }

    private bool Deepen()
    {
        _depth = checked(_depth + 1);
        return true;
    }
}
