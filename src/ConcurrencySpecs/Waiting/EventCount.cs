namespace ConcurrencySpecs.Waiting;

/// <summary>Lets threads and tasks wait until a condition over data of others' holds, at no cost to those who change the data while nobody waits.</summary>
/// <remarks>
/// <para>Progress — Announce and Withdraw take a short lock; Notify is a single load while nobody has announced a wait, else the same lock.</para>
/// <para>Ordering — a change that precedes Notify is seen by whoever looks after Announce, or its Notify wakes a waiter. Longest waiting first.</para>
/// <para>Cost — O(1); a wait allocates its waiter and pays a barrier of all processors (about a microsecond); Notify allocates nothing.</para>
/// <para>Failure — a wait that times out, is cancelled or is withdrawn hands on the wake-up that it got meanwhile: none is lost.</para>
/// <para>Source — Reed and Kanodia, "Synchronization with eventcounts and sequencers", CACM 22(2), 1979; the two-step wait
/// of Vyukov, 1024cores.net, 2008.</para>
/// </remarks>
/// <example>
/// The waiter announces itself before its last look, the other side notifies after its change:
/// <code>
/// while (!TryTake(out item))
/// {
///     Announcement mine = ready.Announce();
///     if (TryTake(out item)) { ready.Withdraw(mine); break; }
///     ready.Wait(mine);
/// }
/// </code>
/// </example>
public sealed class EventCount
{
    // I1  while a waiter is in the list, _announced is true; it may be true for a moment longer
    // I2  Announce: store of _announced, barrier of all processors, then the caller's look. Notify: the caller's change, then the load of _announced.
    //     So either the look sees the change, or the load sees the announcement (Dekker); only the rare side pays for the barrier.
    private readonly Lock _gate = new();
    private readonly WaiterList<bool> _waiters;
    private readonly TimeProvider _clock;
    private bool _announced;

    /// <summary>Creates an eventcount at which nobody waits.</summary>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    public EventCount(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _waiters = new WaiterList<bool>(_gate);
    }

    /// <summary>Announces a blocking wait. The caller then looks at its condition again, and either waits or withdraws.</summary>
    public Announcement Announce() => Announce(blocks: true);

    /// <summary>Announces a wait that holds no thread. The caller then looks at its condition again, and either waits or withdraws.</summary>
    public Announcement AnnounceAsync() => Announce(blocks: false);

    /// <summary>Gives up an announced wait, because the condition holds already.</summary>
    public void Withdraw(Announcement announcement)
    {
        if (!_waiters.Withdraw(announcement.Waiter, WaitState.Cancelled)) NotifyOne();      // woken meanwhile: somebody else may need it
    }

    /// <summary>Blocks until notified.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before a notification came.</exception>
    public void Wait(Announcement announcement, CancellationToken cancel = default) => Wait(announcement, Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Blocks until notified, but no longer than <paramref name="timeout"/>.</summary>
    /// <param name="announcement">What <see cref="Announce()"/> gave; it is used up.</param>
    /// <param name="timeout"><see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>False when the time was up first. Whoever is woken looks at its condition again: another may have been faster.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before a notification came.</exception>
    public bool Wait(Announcement announcement, TimeSpan timeout, CancellationToken cancel = default) =>
        announcement.Waiter.IsGranted(Limit(announcement, timeout), cancel);

    /// <summary>Waits without a thread until notified, but no longer than <paramref name="timeout"/>.</summary>
    /// <param name="announcement">What <see cref="AnnounceAsync()"/> gave; it is used up.</param>
    /// <param name="timeout"><see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <inheritdoc cref="Wait(Announcement, TimeSpan, CancellationToken)" path="/*[not(self::param)]"/>
    public ValueTask<bool> WaitAsync(Announcement announcement, TimeSpan timeout, CancellationToken cancel = default) =>
        announcement.Waiter.IsGrantedAsync(Limit(announcement, timeout), cancel);

    /// <summary>Wakes the one who has waited longest, if anybody waits. Called after the change that may be waited for.</summary>
    public void NotifyOne()
    {
        if (Volatile.Read(ref _announced)) WakeFirst();         // partner: the barrier in Announce
    }

    /// <summary>Wakes all who wait. Called after the change that may be waited for.</summary>
    public void NotifyAll()
    {
        if (Volatile.Read(ref _announced)) WakeAll();           // partner: the barrier in Announce
    }

    private Announcement Announce(bool blocks)
    {
        var waiter = new Waiter<bool>(_waiters, blocks);
        lock (_gate)
        {
            _waiters.Add(waiter);
            _announced = true;
        }

        Interlocked.MemoryBarrierProcessWide();                 // full, for every processor: our announcement and their changes before the caller's look
        return new Announcement(waiter);
    }

    private void WakeFirst()
    {
        Waiter<bool>? first;
        lock (_gate)
        {
            if (!_waiters.TryGrantFirst(out first)) _announced = false;
        }

        first?.Wake();
    }

    private void WakeAll()
    {
        var all = new List<Waiter<bool>>();
        lock (_gate)
        {
            _waiters.SettleAll(WaitState.Granted, all);
            _announced = false;
        }

        foreach (Waiter<bool> waiter in all) waiter.Wake();
    }

    // A wait that cannot begin is over: the announcement must not stay behind and swallow a wake-up.
    private TimeLimit Limit(Announcement announcement, TimeSpan timeout)
    {
        try
        {
            return TimeLimit.Of(timeout, _clock);
        }
        catch (ArgumentOutOfRangeException)
        {
            Withdraw(announcement);
            throw;
        }
    }
}
