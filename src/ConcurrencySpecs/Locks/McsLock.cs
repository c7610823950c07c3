using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock that serves strictly in the order of arrival; each waiter spins or sleeps at a word of its own.</summary>
/// <remarks>
/// <para>Progress — blocking, first come, first served; short waits spin, long ones sleep.</para>
/// <para>Ordering — mutual exclusion; what a holder wrote is visible to the next one.</para>
/// <para>Cost — one exchange to enter and one to exit; a waiter touches only its own line; places are kept by their threads, so nothing is allocated.</para>
/// <para>Failure — a wait that is cut short leaves an empty place, which the exit before it skips; order costs a switch
/// to the next thread at every exit.</para>
/// <para>Source — Mellor-Crummey and Scott, TOCS 9(1), 1991; leaving the line: Scott and Scherer, PPoPP 2001.</para>
/// </remarks>
public sealed class McsLock : ILock
{
    private const int DefaultSpins = 100;
    private const int PausesPerSpin = 1;

    // I1  _tail is the last place in line, the holder's when nobody waits, null when the lock is free
    // I2  the places from the holder's to the tail are linked by Next, save for a link that its writer is about to write
    // I3  _holder is the number of the thread that holds the lock, from its entering until its exit, and 0 otherwise; _place is where it stands then
    private readonly int _spins;
    private McsNode? _tail;
    private McsNode? _place;
    private int _holder;

    /// <summary>Creates a lock that is free.</summary>
    public McsLock() : this(Environment.ProcessorCount > 1 ? DefaultSpins : 0) { }

    /// <summary>How often to look before sleeping.</summary>
    internal McsLock(int spins) => _spins = spins;

    /// <inheritdoc/>
    public bool IsHeldByCurrentThread => Volatile.Read(ref _holder) == ThreadNumber.Mine;

    /// <summary>The last place in line.</summary>
    internal McsNode? Tail => Volatile.Read(ref _tail);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]      // a call would cost as much as what it does
    public void Enter(CancellationToken cancel = default)
    {
        if (cancel.CanBeCanceled)
        {
            TryEnter(Timeout.InfiniteTimeSpan, cancel);
            return;
        }

        var mine = McsNode.Take();
        McsNode? before = Interlocked.Exchange(ref _tail, mine);        // acquire ← [exit]; release → [place]: the place is clean before others see it
        if (before is not null) Await(before, mine);
        Hold(mine);
    }

    /// <inheritdoc/>
    public bool TryEnter()
    {
        if (Volatile.Read(ref _tail) is not null) return false;
        var mine = McsNode.Take();
        if (Interlocked.CompareExchange(ref _tail, mine, null) is null)  // acquire ← [exit]
        {
            Hold(mine);
            return true;
        }

        mine.State = McsNode.Spare;
        return false;
    }

    /// <inheritdoc/>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        cancel.ThrowIfCancellationRequested();
        if (limit.IsNow) return TryEnter();
        var mine = McsNode.Take();
        McsNode? before = Interlocked.Exchange(ref _tail, mine);        // as in Enter
        if (before is not null && !Await(before, mine, limit, cancel)) return false;
        Hold(mine);
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit()
    {
        int me = ThreadNumber.Mine;
        if (_holder != me) ThrowNotHeld();                              // nobody else writes our number
        McsNode mine = _place!;
        _holder = 0;
        if (mine.Next is null && Interlocked.CompareExchange(ref _tail, null, mine) == mine) mine.State = McsNode.Spare;    // release → [exit]
        else PassOn(mine);
    }

    private void Hold(McsNode mine)
    {
        _holder = mine.Thread;
        if (_place != mine) _place = mine;      // mostly it is: to write a reference costs as much as an exchange
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Await(McsNode before, McsNode mine) => Await(before, mine, TimeLimit.Never, default);

    // False when the time was up; the place stays in line, empty, until an exit comes by.
    private bool Await(McsNode before, McsNode mine, TimeLimit limit, CancellationToken cancel)
    {
        Volatile.Write(ref before.Next, mine);                          // release → [link]
        if (IsHeldByCurrentThread && Leave(mine)) throw LockErrors.Recursive();
        for (int look = 0; look < _spins; look++)
        {
            if (Volatile.Read(ref mine.State) == McsNode.Granted) return true;      // acquire ← [exit]
            Thread.SpinWait(PausesPerSpin);
        }

        CancellationTokenRegistration registration = cancel.UnsafeRegister(static place => Rouse((McsNode)place!), mine);
        using var blocking = new Blocking();
        try
        {
            // The state is Asleep before the token and the clock are looked at: whoever comes after that look changes it and wakes us.
            while (Interlocked.CompareExchange(ref mine.State, McsNode.Asleep, McsNode.Waiting) != McsNode.Granted)     // acquire ← [exit]
            {
                if (cancel.IsCancellationRequested || limit.IsOver)
                {
                    if (!Leave(mine)) return true;
                    cancel.ThrowIfCancellationRequested();
                    return false;
                }

                Futex.Wait(ref mine.State, McsNode.Asleep, limit.LeftOrInfinite);
            }

            return true;
        }
        finally
        {
            registration.Unregister();      // rather than Dispose, which would wait for a callback that is running
        }
    }

    /// <summary>Empties a place, unless the lock was granted to it.</summary>
    private static bool Leave(McsNode mine)
    {
        int state = Volatile.Read(ref mine.State);
        while (state != McsNode.Granted)
        {
            int found = Interlocked.CompareExchange(ref mine.State, McsNode.Gone, state);   // acquire ← [exit]
            if (found == state) return true;
            state = found;
        }

        return false;
    }

    private static void Rouse(McsNode place)
    {
        if (Interlocked.CompareExchange(ref place.State, McsNode.Waiting, McsNode.Asleep) == McsNode.Asleep) Futex.Wake(ref place.State, 1);
    }

    /// <summary>Grants the lock to the first place behind <paramref name="from"/> that is not empty, or frees it; the
    /// places that it leaves are spare.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PassOn(McsNode from)
    {
        for (int was = McsNode.Gone; was == McsNode.Gone;)
        {
            McsNode? next = Volatile.Read(ref from.Next);               // acquire ← [link]
            if (next is null && Interlocked.CompareExchange(ref _tail, null, from) == from)     // release → [exit]
            {
                from.Clear();
                return;
            }

            next ??= NextOf(from);
            from.Clear();
            was = Interlocked.Exchange(ref next.State, McsNode.Granted);                        // release → [exit]
            if (was == McsNode.Asleep) Futex.Wake(ref next.State, 1);
            from = next;
        }
    }

    // Somebody has taken the place behind and is about to say so.
    private static McsNode NextOf(McsNode place)
    {
        var spin = new SpinWait();
        while (true)
        {
            if (Volatile.Read(ref place.Next) is { } next) return next;     // acquire ← [link]
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private static void ThrowNotHeld() => throw LockErrors.NotHeld("exit it");
}
