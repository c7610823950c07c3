using System.Diagnostics;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Timeouts;

/// <summary>How a call of a worker ended.</summary>
internal enum CallEnd { Returned, Expired, Died }

/// <summary>Whose turn it is between a caller and its worker: one word of shared memory, by which both sleep.</summary>
/// <remarks>Source — the word is an eventcount of five states; completion against expiry is one compare-and-swap, as in <see cref="Deadline"/>.</remarks>
internal static class IsolatedTurn
{
    // I1  the turn goes Starting → Ready → Called → Returned → Called …; Called is left once, by one compare-and-swap: Returned or Expired
    // I2  who has the turn alone writes the letter beside it: the caller at Ready and Returned, the worker at Called
    // I3  Dead is written once the process has been reaped, and for good; nobody waits any more then
    private const int Starting = 0, Ready = 1, Called = 2, Returned = 3, Expired = 4, Dead = 5;

    /// <summary>The worker: it can take a call.</summary>
    public static void Stand(ref int turn) => Give(ref turn, Starting, Ready);

    /// <summary>The caller: waits until the worker can take a call; one that has died can take it too, and will be found out.</summary>
    public static void AwaitReady(ref int turn)
    {
        for (int seen = Volatile.Read(ref turn); seen == Starting; seen = Volatile.Read(ref turn))
            SharedFutex.Wait(ref turn, seen, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The caller: hands over the letter, and waits for the answer until <paramref name="due"/>.</summary>
    public static CallEnd Call(ref int turn, long due)
    {
        int before = Volatile.Read(ref turn);
        if (before != Dead) Give(ref turn, before, Called);                                         // release → [call]: the argument precedes the turn
        int seen;
        while ((seen = Volatile.Read(ref turn)) == Called)                                          // acquire ← [return]
        {
            TimeSpan left = DeadlineClock.Between(Stopwatch.GetTimestamp(), due);
            if (left == TimeSpan.Zero && Interlocked.CompareExchange(ref turn, Expired, Called) == Called) return CallEnd.Expired;
            SharedFutex.Wait(ref turn, Called, left);
        }

        return seen == Returned ? CallEnd.Returned : CallEnd.Died;
    }

    /// <summary>The worker: waits for a call, and may read the letter.</summary>
    public static void AwaitCall(ref int turn)
    {
        for (int seen = Volatile.Read(ref turn); seen != Called; seen = Volatile.Read(ref turn))    // acquire ← [call]
            SharedFutex.Wait(ref turn, seen, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The worker: has written its answer. False when the call has expired, and nobody reads it.</summary>
    public static bool Return(ref int turn) => Give(ref turn, Called, Returned);                    // release → [return]

    /// <summary>The caller's side, once the process has been reaped.</summary>
    public static void TellDeath(ref int turn)
    {
        Interlocked.Exchange(ref turn, Dead);
        SharedFutex.Wake(ref turn, int.MaxValue);
    }

    private static bool Give(ref int turn, int from, int to)
    {
        bool given = Interlocked.CompareExchange(ref turn, to, from) == from;
        SharedFutex.Wake(ref turn, int.MaxValue);
        return given;
    }
}
