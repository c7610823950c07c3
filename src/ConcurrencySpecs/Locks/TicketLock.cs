using System.Runtime.CompilerServices;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock that serves strictly in the order in which tickets were drawn.</summary>
/// <remarks>
/// <para>Progress — blocking, first come, first served; short waits spin, long ones sleep.</para>
/// <para>Ordering — mutual exclusion; what a holder wrote is visible to the next one.</para>
/// <para>Cost — one exchange to enter and one store to exit, no allocation; order costs a switch to the next thread at every exit, and who goes
/// to sleep pays a barrier of all processors (about a microsecond).</para>
/// <para>Failure — a ticket cannot be given back: calls with a time-out or a token draw none and enter only when nobody stands in line.</para>
/// <para>Source — Reed and Kanodia, "Synchronization with Eventcounts and Sequencers", CACM 22(2), 1979; sleeping in a few places by ticket:
/// Dice and Kogan, "TWA – Ticket Locks Augmented with a Waiting Array", 2019.</para>
/// </remarks>
public sealed class TicketLock : ILock
{
    private const int DefaultLooks = 60;    // the first ten without giving up the processor
    private const int PlacesByTicket = 4;
    private const int WithoutTicket = PlacesByTicket;

    // I1  _serving is the ticket of the holder, or the next to be drawn when the lock is free; it goes round as _next does
    // I2  _holder is the number of the thread that holds _serving, from its entering until its exit; 0 otherwise
    // I3  who has a ticket sleeps at the place of that ticket, others at the last place, and only while they may not enter
    private readonly SleepingPlaces _places = new(PlacesByTicket + 1);
    private readonly int _looks;
    private int _next;
    private int _serving;
    private int _holder;

    /// <summary>Creates a lock that is free.</summary>
    public TicketLock() : this(DefaultLooks) { }

    /// <summary>How often to look before sleeping.</summary>
    internal TicketLock(int looks) => _looks = looks;

    /// <inheritdoc/>
    public bool IsHeldByCurrentThread => Volatile.Read(ref _holder) == ThreadNumber.Mine;

    /// <summary>How many tickets have been drawn that are not served to the end, the holder's included.</summary>
    internal int InLine => Volatile.Read(ref _next) - Volatile.Read(ref _serving);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]      // a call would cost as much as what it does
    public void Enter(CancellationToken cancel = default)
    {
        if (cancel.CanBeCanceled || !TryEnter()) Wait(cancel);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter()
    {
        int me = ThreadNumber.Mine;
        int serving = Volatile.Read(ref _serving);                              // acquire ← [exit]
        if (Interlocked.CompareExchange(ref _next, serving + 1, serving) != serving) return false;
        Volatile.Write(ref _holder, me);
        return true;
    }

    /// <inheritdoc/>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        cancel.ThrowIfCancellationRequested();
        if (TryEnter()) return true;
        if (limit.IsNow) return false;
        if (IsHeldByCurrentThread) throw LockErrors.Recursive();
        var spin = new SpinWait();
        for (int look = 0; look < _looks; look++)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (TryEnter()) return true;
        }

        return _places.Sleep(WithoutTicket, this, static gate => gate.TryEnter(), limit, cancel);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit()
    {
        int me = ThreadNumber.Mine;
        if (_holder != me) ThrowNotHeld();                                      // nobody else writes our number
        _holder = 0;
        Volatile.Write(ref _serving, _serving + 1);                             // release → [exit]: all that the holder did precedes the next ticket
        if (_places.AreUsed) WakeNext();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wait(CancellationToken cancel)
    {
        if (cancel.CanBeCanceled) TryEnter(Timeout.InfiniteTimeSpan, cancel);
        else StandInLine();
    }

    private void StandInLine()
    {
        if (IsHeldByCurrentThread) throw LockErrors.Recursive();
        int ticket = Interlocked.Increment(ref _next) - 1;
        if (!Spin(ticket)) _places.Sleep(PlaceOf(ticket), (gate: this, ticket), static mine => mine.gate.Serves(mine.ticket), TimeLimit.Never, default);
        Volatile.Write(ref _holder, ThreadNumber.Mine);
    }

    private bool Spin(int ticket)
    {
        var spin = new SpinWait();
        for (int look = 0; look < _looks; look++)
        {
            if (Serves(ticket)) return true;
            spin.SpinOnce(sleep1Threshold: -1);
        }

        return false;
    }

    private bool Serves(int ticket) => Volatile.Read(ref _serving) == ticket;   // acquire ← [exit]

    // Others may have gone on since our exit. Then they wake who comes after them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WakeNext()
    {
        int serving = Volatile.Read(ref _serving);
        _places.Wake(Volatile.Read(ref _next) == serving ? WithoutTicket : PlaceOf(serving));
    }

    private static int PlaceOf(int ticket) => ticket & (PlacesByTicket - 1);

    private static void ThrowNotHeld() => throw LockErrors.NotHeld("exit it");
}
