using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>How processes wait for a condition in shared memory: take a ticket, announce, look at the condition, sleep while nothing was signalled.</summary>
/// <remarks>
/// Nobody takes an announcement back, so that one who dies cannot leave a number wrong: announcements are counted up, and settled all together by
/// a signal that leaves nobody asleep. The dead, and those who did not sleep after all, cost one wake-up in vain.
/// A signaller that is killed between its change and its wake-up leaves sleepers who look again by themselves within 50 ms.
/// (Eventcounts: Reed and Kanodia, CACM 22(2), 1979.)
/// </remarks>
internal static class SharedEventCount
{
    // I1  whoever sleeps has read the ticket before it announced itself, and looked at the condition after; whoever signals has changed the condition
    //     before it looks for announcements. So either the signaller sees the announcement, or the sleeper-to-be sees the change.
    // I2  no more sleep than Announced − Settled, but for those whom a signaller is about to wake. Who is settled either was woken, or did not sleep
    //     yet when the sequence was raised: then its ticket is old, and it announces itself anew before it sleeps.

    /// <summary>To be called before the look at the condition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Prepare(ref EventCountWords words)
    {
        int ticket = Volatile.Read(ref words.Sequence);         // acquire ← [signal]: the condition is at least as new as the ticket
        Interlocked.Increment(ref words.Announced);             // full: my announcement before my look at the condition
        return ticket;
    }

    /// <summary>Sleeps unless something was signalled since <paramref name="ticket"/> was read; the caller looks again afterwards.</summary>
    public static void Sleep(ref EventCountWords words, int ticket, TimeSpan left) => SharedFutex.Wait(ref words.Sequence, ticket, left);

    /// <summary>Has up to <paramref name="count"/> of those who sleep look again. The change of the condition, or a step of the caller's after it, was
    /// an exchange: full, the change before my look for announcements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Signal(ref EventCountWords words, int count)
    {
        int settled = Volatile.Read(ref words.Settled);
        int announced = Volatile.Read(ref words.Announced);
        if (announced != settled) Wake(ref words, settled, announced, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wake(ref EventCountWords words, int settled, int announced, int count)
    {
        Interlocked.Increment(ref words.Sequence);              // release → [signal]
        if ((uint)(announced - settled) <= (uint)count)         // all are woken: said first, as one who is woken may run before we go on
        {
            Interlocked.CompareExchange(ref words.Settled, announced, settled);
            SharedFutex.Wake(ref words.Sequence, count);
        }
        else if (SharedFutex.Wake(ref words.Sequence, count) < count)
        {
            Interlocked.CompareExchange(ref words.Settled, announced, settled);
        }
    }
}
