using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>How processes wait for a condition in shared memory: take a ticket, raise the flag, look at the condition, sleep while nothing was signalled.</summary>
/// <remarks>
/// There is no count of waiters, which would stay too high for ever when a waiter dies: there is a flag, which costs one wake-up in vain.
/// A signaller that is killed between its change and its signal leaves sleepers who look again by themselves within 50 ms.
/// (Eventcounts: Reed and Kanodia, CACM 22(2), 1979.)
/// </remarks>
internal static class SharedEventCount
{
    // I1  whoever sleeps has read the ticket before it raised the flag; whoever signals lowers the flag before it raises the ticket.
    //     So either the signaller sees the flag, or the sleeper's ticket is old and it does not fall asleep.

    /// <summary>To be called before the look at the condition.</summary>
    public static int Prepare(ref EventCountWords words)
    {
        int ticket = Volatile.Read(ref words.Sequence);     // acquire ← [signal]: the condition is at least as new as the ticket
        Interlocked.Exchange(ref words.Asleep, 1);          // full: my flag before my look at the condition
        return ticket;
    }

    /// <summary>Sleeps unless something was signalled since <paramref name="ticket"/> was read; the caller looks again afterwards.</summary>
    public static void Sleep(ref EventCountWords words, int ticket, TimeSpan left) => SharedFutex.Wait(ref words.Sequence, ticket, left);

    /// <summary>Has up to <paramref name="count"/> of those who sleep look again; the condition has been changed before.</summary>
    public static void Signal(ref EventCountWords words, int count)
    {
        bool mayBeNeeded = Interlocked.Exchange(ref words.Asleep, 0) != 0;      // full: the change before my look at the flag
        Interlocked.Increment(ref words.Sequence);                              // release → [signal]
        if (mayBeNeeded && SharedFutex.Wake(ref words.Sequence, count) == count) Volatile.Write(ref words.Asleep, 1);       // more may sleep
    }
}
