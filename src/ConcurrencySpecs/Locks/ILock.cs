namespace ConcurrencySpecs.Locks;

/// <summary>A lock that one thread holds at a time, from when it enters until it exits.</summary>
/// <remarks>
/// The holder is a thread: who enters must exit, and nothing may be awaited in between. What a holder wrote is visible to the next one.
/// Locks need no disposal. <see cref="LockScopes.EnterScope"/> pairs the two calls.
/// </remarks>
public interface ILock
{
    /// <summary>Whether the calling thread holds the lock.</summary>
    bool IsHeldByCurrentThread { get; }

    /// <summary>Enters, waiting for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when the lock is free.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered; the caller does not hold it.</exception>
    /// <exception cref="LockRecursionException">The calling thread holds the lock already, and the lock cannot be entered twice.</exception>
    void Enter(CancellationToken cancel = default);

    /// <summary>Enters if that is possible at once.</summary>
    /// <returns>False when the lock is held, also when the calling thread holds one that cannot be entered twice.</returns>
    bool TryEnter();

    /// <summary>Enters, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when the lock is free.</param>
    /// <returns>False when the time was up first; the caller does not hold the lock then.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    /// <exception cref="LockRecursionException">The calling thread would wait for itself.</exception>
    bool TryEnter(TimeSpan timeout, CancellationToken cancel = default);

    /// <summary>Lets go of the lock.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock; nothing has changed.</exception>
    void Exit();
}
