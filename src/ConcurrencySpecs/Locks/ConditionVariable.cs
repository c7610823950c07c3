using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>Where the holder of a lock waits, without holding it, until somebody has changed what the lock guards.</summary>
/// <remarks>
/// <para>Progress — blocking; notifications go to those who wait in arrival order, each to one that is still waiting then.</para>
/// <para>Ordering — nothing comes between letting go of the lock and waiting; who comes back holds the lock again, as often as before.</para>
/// <para>Cost — one allocation for each wait; notifying is linear in those whom it wakes.</para>
/// <para>Failure — a wait that times out or is cancelled holds the lock again when it returns or throws, and uses no notification up.</para>
/// <para>Source — Hoare, "Monitors", CACM 17(10), 1974; signal and continue: Lampson and Redell, CACM 23(2), 1980.</para>
/// </remarks>
public sealed class ConditionVariable
{
    private readonly ILock _lock;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly WaiterList<bool> _line;

    /// <summary>Creates a condition of what a lock guards.</summary>
    /// <param name="guard">The lock; a recursive one is let go of at all its levels.</param>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    public ConditionVariable(ILock guard, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(guard);
        (_lock, _clock, _line) = (guard, clock ?? TimeProvider.System, new WaiterList<bool>(_gate));
    }

    /// <summary>Waits for a notification for as long as it takes. What it was for may be
    /// over again: look, and wait again, or use <see cref="WaitFor"/>.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before a notification came; the lock is held again.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted before a notification came; the lock is held again.</exception>
    public void Wait(CancellationToken cancel = default) => Wait(TimeLimit.Never, cancel);

    /// <summary>Waits for a notification no longer than <paramref name="timeout"/>, and then for the lock for as long as it takes.</summary>
    /// <param name="timeout">Zero lets go of the lock for a moment; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws at once.</param>
    /// <returns>False when the time was up first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <inheritdoc cref="Wait(CancellationToken)" path="exception"/>
    public bool TryWait(TimeSpan timeout, CancellationToken cancel = default) => Wait(TimeLimit.Of(timeout, _clock), cancel);

    /// <summary>Waits until <paramref name="condition"/> holds, for as long as it takes.</summary>
    /// <param name="condition">Asked while the lock is held: at first, and after each notification.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <inheritdoc cref="Wait(CancellationToken)" path="exception"/>
    public void WaitFor(Func<bool> condition, CancellationToken cancel = default) => TryWaitFor(condition, Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Waits until <paramref name="condition"/> holds, no longer than <paramref name="timeout"/>.</summary>
    /// <param name="condition">Asked while the lock is held: at first, after each notification, and when the time is up.</param>
    /// <param name="timeout">For all waits together; zero asks once.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>What the condition gave when it was asked last.</returns>
    /// <inheritdoc cref="TryWait" path="exception"/>
    public bool TryWaitFor(Func<bool> condition, TimeSpan timeout, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = TimeLimit.Of(timeout, _clock);
        RequireHeld("wait at its condition");
        bool holds = condition();
        while (!holds && !limit.IsOver)
        {
            Wait(limit, cancel);
            holds = condition();
        }

        return holds;
    }

    /// <summary>Wakes up to <paramref name="count"/> of those who wait; they come back one by one, once the lock is free.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock; nobody was woken.</exception>
    public void Notify(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        RequireHeld("notify who waits at its condition");
        var granted = new List<Waiter<bool>>();
        lock (_gate)
            for (; count > 0 && _line.TryGrantFirst(out Waiter<bool>? first); count--) granted.Add(first);
        foreach (Waiter<bool> waiter in granted) waiter.Wake();
    }

    /// <summary>Wakes all who wait.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock; nobody was woken.</exception>
    public void NotifyAll() => Notify(int.MaxValue);

    private bool Wait(TimeLimit limit, CancellationToken cancel)
    {
        RequireHeld("wait at its condition");
        cancel.ThrowIfCancellationRequested();
        var waiter = new Waiter<bool>(_line, blocks: true);
        lock (_gate) _line.Add(waiter);     // while we hold the lock: whoever changes something afterwards finds us in line
        int levels = 0;
        for (; _lock.IsHeldByCurrentThread; levels++) _lock.Exit();
        try
        {
            return waiter.IsGranted(limit, cancel);
        }
        finally
        {
            for (; levels > 0; levels--) _lock.Enter(CancellationToken.None);     // whatever ended the wait, its caller holds the lock
        }
    }

    private void RequireHeld(string action)
    {
        if (!_lock.IsHeldByCurrentThread) throw LockErrors.NotHeld(action);
    }
}
