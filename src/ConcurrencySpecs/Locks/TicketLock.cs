using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock that serves strictly in the order in which tickets were drawn, for sections of a few instructions.</summary>
/// <remarks>
/// <para>Progress — blocking, first come, first served; who waits spins and yields and never sleeps, so give it no more threads than there are cores.</para>
/// <para>Ordering — mutual exclusion; what a holder wrote is visible to the next one.</para>
/// <para>Cost — one addition to enter and one store to exit, no allocation.</para>
/// <para>Failure — a ticket cannot be given back: calls with a time-out or a token draw none and enter only when nobody stands in line.</para>
/// <para>Source — Reed and Kanodia, "Synchronization with Eventcounts and Sequencers", CACM 22(2), 1979; Mellor-Crummey and Scott, TOCS 9(1), 1991.</para>
/// </remarks>
public sealed class TicketLock : ILock
{
    // I1  _serving is the ticket of the holder, or the next to be drawn when the lock is free; it goes round as _next does
    // I2  _holder is the number of the thread that holds _serving, from its entering until its exit; 0 otherwise
    private int _next;
    private int _serving;
    private int _holder;

    /// <inheritdoc/>
    public bool IsHeldByCurrentThread => Volatile.Read(ref _holder) == Environment.CurrentManagedThreadId;

    /// <summary>How many tickets have been drawn that are not served to the end, the holder's included.</summary>
    internal int InLine => Volatile.Read(ref _next) - Volatile.Read(ref _serving);

    /// <inheritdoc/>
    public void Enter(CancellationToken cancel = default)
    {
        if (cancel.CanBeCanceled)
        {
            TryEnter(Timeout.InfiniteTimeSpan, cancel);
            return;
        }

        int me = Environment.CurrentManagedThreadId;
        if (Volatile.Read(ref _holder) == me) throw LockErrors.Recursive();     // nobody else writes our number
        int ticket = Interlocked.Increment(ref _next) - 1;
        if (Volatile.Read(ref _serving) != ticket) Await(ticket);               // acquire ← [exit]
        Volatile.Write(ref _holder, me);
    }

    /// <inheritdoc/>
    public bool TryEnter()
    {
        int serving = Volatile.Read(ref _serving);                              // acquire ← [exit]
        if (Interlocked.CompareExchange(ref _next, serving + 1, serving) != serving) return false;
        Volatile.Write(ref _holder, Environment.CurrentManagedThreadId);
        return true;
    }

    /// <inheritdoc/>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        cancel.ThrowIfCancellationRequested();
        for (var spin = new SpinWait(); !TryEnter(); spin.SpinOnce(sleep1Threshold: -1))
        {
            if (limit.IsOver) return false;
            if (IsHeldByCurrentThread) throw LockErrors.Recursive();
            cancel.ThrowIfCancellationRequested();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Exit()
    {
        if (Volatile.Read(ref _holder) != Environment.CurrentManagedThreadId) throw LockErrors.NotHeld("exit it");
        _holder = 0;
        Volatile.Write(ref _serving, _serving + 1);                             // release → [exit]: all that the holder did precedes the next ticket
    }

    private void Await(int ticket)
    {
        for (var spin = new SpinWait(); Volatile.Read(ref _serving) != ticket;) spin.SpinOnce(sleep1Threshold: -1);     // acquire ← [exit]
    }
}
