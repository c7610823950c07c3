using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>How a wait at a condition in shared memory ended.</summary>
internal enum ConditionEnd
{
    Notified,
    TimedOut,
    Cancelled,

    /// <summary>The segment was disposed.</summary>
    Closed,

    /// <summary>A holder of the guard died inside, and nobody has repaired what it left.</summary>
    Abandoned,
}

/// <summary>The protocol of a condition in shared memory: a line of places under a robust mutex, the guard.</summary>
/// <remarks>
/// Each waiter holds the robust mutex of its place for as long as it waits, so that the system marks the place of one who dies. A notification is
/// a mark in the place of the one it is for. Where the two meet, in the place of a dead who was notified, the notification goes to the next in line.
/// </remarks>
internal static class SharedCondition
{
    private const int PausesPerSpin = 8;

    // I1  places are taken and given back, and notifications given and passed on, under the guard; only the sleep is outside of it
    // I2  a notification stands in one place, from when it is given until its waiter is back under the guard; for a moment in two, while it is
    //     passed on: who dies then has notified one more, and none less; who cannot come back under the guard leaves its place as a dead
    // I3  whoever sleeps looks after each sleep, the latest after 50 ms, for notified dead, and for a guard that a dead has left: one who was
    //     notified may have died when it was under the guard again, and what it was notified of is then among what has to be repaired

    /// <summary>Lets go of the guard, which the caller holds, waits, and holds the guard again whatever happened.</summary>
    /// <exception cref="InvalidOperationException">All places are taken; the guard was held all the time.</exception>
    /// <exception cref="ObjectDisposedException">The guard's memory was disposed meanwhile; the guard is not held.</exception>
    public static ConditionEnd Wait(
        ref RobustWords guard, ISharedMemory? guardMemory,
        ref ConditionTerms terms, Span<ConditionPlace> places, SharedMemorySegment? segment, Patience patience)
    {
        ref ConditionPlace mine = ref places[Join(ref terms, places)];
        int depth = guard.Depth;
        guard.Depth = 0;
        ConditionEnd? end = null;
        bool isBack = false;
        try
        {
            while (end is null)
            {
                isBack = false;
                RobustMutex.Exit(ref guard);
                end = Sleep(ref guard, ref mine, ref terms, places, segment, patience);
                isBack = RobustMutex.Enter(guardMemory, ref guard, Patience.Endless());
                PassOnFromDead(ref terms, places);
                end = EndUnderGuard(ref guard, ref mine, ref terms, places) ?? end;
            }

            guard.Depth = depth;
            return end.Value;
        }
        finally
        {
            if (isBack) mine.Notified = 0;
            if (isBack) RobustMutex.Exit(ref mine.Life);
            else RobustMutex.Leave(ref mine.Life);          // I2: with the notification that it has, or is just being given
        }
    }

    private static ConditionEnd? EndUnderGuard(ref RobustWords guard, ref ConditionPlace mine, ref ConditionTerms terms, Span<ConditionPlace> places)
    {
        bool isNotified = mine.Notified != 0;
        if (guard.Inconsistent == 0) return isNotified ? ConditionEnd.Notified : null;
        if (isNotified) NotifyFirst(ref terms, places);     // the caller will be told of the dead instead
        return ConditionEnd.Abandoned;
    }

    /// <summary>Wakes up to <paramref name="count"/> of those who wait, in the order of their arrival; the caller holds the guard.</summary>
    public static void Notify(ref ConditionTerms terms, Span<ConditionPlace> places, int count)
    {
        PassOnFromDead(ref terms, places);
        for (; count > 0 && NotifyFirst(ref terms, places); count--) { }
    }

    /// <summary>Gives the notifications of those who died before they came back to the next in line; the caller holds the guard.</summary>
    public static void PassOnFromDead(ref ConditionTerms terms, Span<ConditionPlace> places)
    {
        int used = terms.PlacesUsed;
        for (int i = 0; i < used; i++)
        {
            ref ConditionPlace place = ref places[i];
            if (!RobustMutex.IsLeftByDead(ref place.Life)) continue;
            if (place.Notified != 0) NotifyFirst(ref terms, places);        // before it is taken from the dead: I2
            place.Notified = 0;
            if (RobustMutex.TryEnter(ref place.Life)) RobustMutex.Exit(ref place.Life);
        }
    }

    /// <summary>Takes a place at the end of the line.</summary>
    public static int Join(ref ConditionTerms terms, Span<ConditionPlace> places)
    {
        PassOnFromDead(ref terms, places);
        for (int i = 0; i < places.Length; i++)
        {
            ref ConditionPlace place = ref places[i];
            if (!RobustMutex.IsFree(ref place.Life)) continue;
            if (i >= terms.PlacesUsed) terms.PlacesUsed = i + 1;            // before the place is ours: the dead are looked for in used places
            RobustMutex.TryEnter(ref place.Life);
            place.Arrival = ++terms.Arrivals;
            return i;
        }

        throw new InvalidOperationException($"{places.Length} threads wait at the condition, as many as it has places for. Use more conditions.");
    }

    /// <returns>Null when there is something to do under the guard.</returns>
    private static ConditionEnd? Sleep(
        ref RobustWords guard, ref ConditionPlace mine, ref ConditionTerms terms, Span<ConditionPlace> places, SharedMemorySegment? segment, Patience patience)
    {
        for (int spins = 0; ; spins++)
        {
            if (Volatile.Read(ref mine.Notified) != 0) return ConditionEnd.Notified;        // acquire ← [notify]
            if (segment is { IsDisposed: true }) return ConditionEnd.Closed;
            if (patience.IsCancelled) return ConditionEnd.Cancelled;
            if (patience.IsTimeUp(out TimeSpan left)) return ConditionEnd.TimedOut;
            if (spins < SharedFutex.SpinsBeforeSleep)
            {
                Thread.SpinWait(PausesPerSpin);
                continue;
            }

            SharedFutex.Wait(ref mine.Notified, 0, left);
            if (RobustMutex.IsLeftByDead(ref guard) || Volatile.Read(ref guard.Inconsistent) != 0 || DeadWereNotified(ref terms, places)) return null;
        }
    }

    /// <summary>Whether a notification waits to be passed on from the dead, as far as a look without the guard can tell.</summary>
    public static bool DeadWereNotified(ref ConditionTerms terms, Span<ConditionPlace> places)
    {
        int used = Volatile.Read(ref terms.PlacesUsed);
        for (int i = 0; i < used; i++)
            if (RobustMutex.IsLeftByDead(ref places[i].Life) && Volatile.Read(ref places[i].Notified) != 0) return true;
        return false;
    }

    private static bool NotifyFirst(ref ConditionTerms terms, Span<ConditionPlace> places)
    {
        int first = -1;
        for (int i = 0; i < terms.PlacesUsed; i++)
        {
            ref ConditionPlace place = ref places[i];
            if (!RobustMutex.IsHeld(ref place.Life) || place.Notified != 0) continue;
            if (first < 0 || place.Arrival < places[first].Arrival) first = i;
        }

        if (first < 0) return false;
        Volatile.Write(ref places[first].Notified, 1);      // release → [notify]
        SharedFutex.Wake(ref places[first].Notified, 1);
        return true;
    }
}
