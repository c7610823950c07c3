using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>Something at which callers wait, as threads or as tasks, until it lets them through.</summary>
/// <remarks>
/// <para>Progress — blocking; those who wait stand in one line, threads and tasks alike, and are let through in arrival order.</para>
/// <para>Ordering — linearizable; what was written before the call that let a waiter through is visible to the waiter.</para>
/// <para>Cost — O(1) under one lock that is held for a few steps, no allocation unless the call waits.</para>
/// <para>Failure — a wait that times out, is cancelled or interrupted uses nothing up: what it waited for goes to the next one.</para>
/// <para>Source — Hoare, "Monitors", CACM 17(10), 1974; waiters as explicit reservations: Scherer and Scott, DISC 2004.</para>
/// </remarks>
public abstract class Waitable
{
    // I1  nobody stands in line who could be let through
    private readonly TimeProvider _clock;

    private protected Waitable(TimeProvider? clock)
    {
        _clock = clock ?? TimeProvider.System;
        Line = new WaiterList<bool>(Gate);
    }

    private protected Lock Gate { get; } = new();

    private protected WaiterList<bool> Line { get; }

    /// <summary>Waits for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the call was let through.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted before the call was let through.</exception>
    public void Wait(CancellationToken cancel = default) => TryWait(Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Goes through if that is possible at once.</summary>
    public bool TryWait()
    {
        lock (Gate) return TryPass();
    }

    /// <summary>Waits no longer than <paramref name="timeout"/>.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <returns>False when the time was up first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the call was let through.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted before the call was let through.</exception>
    public bool TryWait(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, _clock);
        cancel.ThrowIfCancellationRequested();
        return TryPass(limit, blocks: true, out Waiter<bool>? waiter) || (waiter is not null && waiter.IsGranted(limit, cancel));
    }

    /// <summary>Waits for as long as it takes without holding a thread.</summary>
    /// <inheritdoc cref="Wait" path="param"/>
    /// <exception cref="OperationCanceledException">Cancelled before the call was let through.</exception>
    public async ValueTask WaitAsync(CancellationToken cancel = default) => await TryWaitAsync(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);

    /// <summary>Waits no longer than <paramref name="timeout"/>, without holding a thread.</summary>
    /// <inheritdoc cref="TryWait(TimeSpan, CancellationToken)" path="param"/>
    /// <returns>False when the time was up first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the call was let through.</exception>
    public ValueTask<bool> TryWaitAsync(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, _clock);
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancel);
        bool passed = TryPass(limit, blocks: false, out Waiter<bool>? waiter);
        return waiter is null ? new(passed) : waiter.IsGrantedAsync(limit, cancel);
    }

    /// <summary>Under the gate: lets a caller through who has not had to wait.</summary>
    private protected abstract bool TryPass();

    /// <summary>Outside the gate.</summary>
    private protected static void Wake(List<Waiter<bool>> granted)
    {
        foreach (Waiter<bool> waiter in granted) waiter.Wake();
    }

    private bool TryPass(TimeLimit limit, bool blocks, out Waiter<bool>? waiter)
    {
        waiter = null;
        lock (Gate)
        {
            if (TryPass()) return true;
            if (!limit.IsNow) Line.Add(waiter = new Waiter<bool>(Line, blocks));
            return false;
        }
    }
}
