using System.Runtime.CompilerServices;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>The protocol of an event in shared memory: one word that changes in one step, and an eventcount.</summary>
internal static class SharedEvent
{
    private const int Glances = 100, CloseLooks = 64, PausesPerSpin = 8;

    // I1  State changes by single exchanges only: whoever dies leaves the event set or not, and never in between
    // I2  its count grows with each setting: who began to wait before it sees another count, even when it was reset at once
    public static bool IsSet(ref EventWords words) => (Volatile.Read(ref words.State) & 1) != 0;

    public static void Set(ref EventWords words)
    {
        Commit(ref words);
        SharedEventCount.Signal(ref words.Waiting, int.MaxValue);
    }

    /// <summary>The first half of <see cref="Set"/>, after which everybody who looks sees it.</summary>
    public static void Commit(ref EventWords words) => Interlocked.Or(ref words.State, 1);      // release → [set]; full: before the look for who waits

    public static void Reset(ref EventWords words)
    {
        for (int state = Volatile.Read(ref words.State); (state & 1) != 0;)
        {
            int found = Interlocked.CompareExchange(ref words.State, state + 1, state);
            if (found == state) return;
            state = found;
        }
    }

    /// <param name="words">The event.</param>
    /// <param name="spins">How often to look before sleeping.</param>
    /// <param name="patience">For how long.</param>
    /// <param name="segment">Where the event lies; null for memory that nobody disposes.</param>
    /// <returns>False when the time was up.</returns>
    /// <exception cref="ObjectDisposedException">The segment was disposed meanwhile.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Wait(ref EventWords words, int spins, Patience patience, SharedMemorySegment? segment)
    {
        int first = Volatile.Read(ref words.State);                     // acquire ← [set]
        for (int look = 0; look < spins; look++)
        {
            if (WasSetSince(first, Volatile.Read(ref words.State))) return true;
            if (look >= Glances) Thread.SpinWait(look < Glances + CloseLooks ? 1 : PausesPerSpin);      // a pause is half a trip of the line
        }

        while (true)
        {
            if (WasSetSince(first, Volatile.Read(ref words.State))) return true;       // who was woken leaves no announcement behind
            int ticket = SharedEventCount.Prepare(ref words.Waiting);
            if (WasSetSince(first, Volatile.Read(ref words.State))) return true;
            segment?.Open();
            if (patience.IsOver(out TimeSpan left)) return false;
            SharedEventCount.Sleep(ref words.Waiting, ticket, left);
        }
    }

    private static bool WasSetSince(int first, int now) => (now & 1) != 0 || now != first;
}
