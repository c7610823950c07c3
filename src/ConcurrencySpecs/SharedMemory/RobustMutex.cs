using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>A mutex between threads of any processes, in shared memory, that survives the death of its holder.</summary>
internal static class RobustMutex
{
    private const int Free = 0;
    private const int Waiters = unchecked((int)0x8000_0000), OwnerDied = 0x4000_0000, Owner = 0x3FFF_FFFF;
    private const int PausesPerSpin = 8;

    // I1  Word holds a thread's number exactly while that thread is between entering and exiting, or OwnerDied once it has ended in between
    // I2  whoever is in and has not been told of an inconsistency has seen every write of all holders before
    // I3  Process names the holder from when it has settled until it begins to exit, and is zero otherwise: one who dies outside of that has changed
    //     nothing, and nobody needs to be told

    /// <summary>Whether the calling thread is in.</summary>
    public static bool IsMine(ref RobustWords mutex) => IsOf(ref mutex, RobustList.Thread);

    /// <summary>Whether that thread is in, as it knows itself: of others it says nothing.</summary>
    public static bool IsOf(ref RobustWords mutex, int thread) => (Volatile.Read(ref mutex.Word) & Owner) == thread;

    /// <summary>Whether a thread of this process is in.</summary>
    public static bool IsHeldHere(ref RobustWords mutex) =>
        (Volatile.Read(ref mutex.Word) & Owner) != 0 && Volatile.Read(ref mutex.Process) == OwnProcess.Id;

    /// <summary>Whether anybody living is in, as far as the kernel has noticed.</summary>
    public static bool IsHeld(ref RobustWords mutex) => (Volatile.Read(ref mutex.Word) & (Owner | OwnerDied)) is not 0 and < OwnerDied;

    /// <summary>Whether nobody is in, neither living nor dead.</summary>
    public static bool IsFree(ref RobustWords mutex) => Volatile.Read(ref mutex.Word) == Free;

    /// <summary>Whether who was in has died, and nobody has taken it over.</summary>
    public static bool IsLeftByDead(ref RobustWords mutex) => (Volatile.Read(ref mutex.Word) & (Owner | OwnerDied)) == OwnerDied;

    /// <summary>Enters if that is possible at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryEnter(ref RobustWords mutex)
    {
        int me = RobustList.Thread;
        RobustList.Announce(ref mutex.Word);
        int found = Interlocked.CompareExchange(ref mutex.Word, me, Free);      // acquire ← [exit]
        if (found != Free && !TakeFromDead(ref mutex, me, found))
        {
            RobustList.Done();
            return false;
        }

        Settle(ref mutex);
        return true;
    }

    /// <summary>Enters, sleeping for as long as the patience lasts.</summary>
    /// <param name="memory">Where the mutex lies; null for memory that nobody disposes.</param>
    /// <param name="mutex">The mutex.</param>
    /// <param name="patience">For how long.</param>
    /// <returns>False when the time was up.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the caller is not in.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed meanwhile.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]      // its finally would keep the mutex's address in memory in those that enter at once
    public static bool Enter(ISharedMemory? memory, ref RobustWords mutex, Patience patience)
    {
        patience.ThrowIfCancelled();
        if (TryEnter(ref mutex)) return true;
        bool hasSlept = false, isIn = false;
        try
        {
            return isIn = EnterLate(memory, ref mutex, patience, ref hasSlept);
        }
        finally
        {
            if (hasSlept && !isIn) GiveUp(ref mutex);
        }
    }

    private static bool EnterLate(ISharedMemory? memory, ref RobustWords mutex, Patience patience, ref bool hasSlept)
    {
        int me = RobustList.Thread;
        for (int spins = 0; ; spins++)
        {
            int found = Volatile.Read(ref mutex.Word);
            if ((found & Owner) == 0)
            {
                // One who has slept keeps the mark: others may sleep still, and only the mark has them woken.
                int mine = hasSlept ? me | Waiters : me;
                RobustList.Announce(ref mutex.Word);
                bool isIn = found == Free
                    ? Interlocked.CompareExchange(ref mutex.Word, mine, Free) == Free       // acquire ← [exit]
                    : TakeFromDead(ref mutex, mine, found);
                if (isIn)
                {
                    Settle(ref mutex);
                    return true;
                }

                RobustList.Done();
                continue;
            }

            if ((found & Owner) == me)
                throw new LockRecursionException("This thread is in already and would wait for itself. Do the inner work in the outer scope.");
            memory?.ThrowIfGone();
            if (patience.IsOver(out TimeSpan left)) return false;
            if (spins < SharedFutex.SpinsBeforeSleep)
            {
                Thread.SpinWait(PausesPerSpin);
                continue;
            }

            if ((found & Waiters) == 0 && Interlocked.CompareExchange(ref mutex.Word, found | Waiters, found) != found) continue;
            hasSlept = true;
            SharedFutex.Wait(ref mutex.Word, found | Waiters, left);
        }
    }

    // Whoever was woken owes it to those who sleep on: one of them is woken in its place, or the holder is told of them.
    private static void GiveUp(ref RobustWords mutex)
    {
        while (true)
        {
            int found = Volatile.Read(ref mutex.Word);
            if ((found & Owner) == 0)
            {
                SharedFutex.Wake(ref mutex.Word, 1);
                return;
            }

            if ((found & Waiters) != 0 || Interlocked.CompareExchange(ref mutex.Word, found | Waiters, found) == found) return;
        }
    }

    /// <summary>Sleeps, without wishing to enter, while somebody living is in; the caller looks again afterwards.</summary>
    public static void SleepWhileHeld(ref RobustWords mutex, TimeSpan left)
    {
        int found = Volatile.Read(ref mutex.Word);
        if ((found & Owner) == 0) return;
        if ((found & Waiters) != 0 || Interlocked.CompareExchange(ref mutex.Word, found | Waiters, found) == found)
            SharedFutex.Wait(ref mutex.Word, found | Waiters, left);
    }

    /// <summary>Lets go; the caller is in. Of those who sleep, up to <paramref name="wakes"/> look again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exit(ref RobustWords mutex, int wakes = 1)
    {
        mutex.Process = 0;
        RobustList.Announce(ref mutex.Word);
        RobustList.Remove(ref mutex.Word);
        int before = Interlocked.Exchange(ref mutex.Word, Free);                // release → [exit]
        if (before < 0) SharedFutex.Wake(ref mutex.Word, wakes);                // the mark is the sign bit
        RobustList.Done();
    }

    /// <summary>Lets go as one who has died, for those to clear up who look after the dead; the caller is in.</summary>
    public static void Leave(ref RobustWords mutex)
    {
        mutex.Process = 0;
        RobustList.Announce(ref mutex.Word);
        RobustList.Remove(ref mutex.Word);
        if (Interlocked.Exchange(ref mutex.Word, OwnerDied) < 0) SharedFutex.Wake(ref mutex.Word, 1);       // release → [exit]
        RobustList.Done();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Settle(ref RobustWords mutex)
    {
        RobustList.Add(ref mutex.Word);
        mutex.Process = OwnProcess.Id;
        RobustList.Done();
    }

    // The kernel has replaced the dead holder's number by its mark. Who takes it over says so first: if it dies too, the next one learns it again.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TakeFromDead(ref RobustWords mutex, int me, int found)
    {
        if ((found & OwnerDied) == 0 || (found & Owner) != 0) return false;
        if (Interlocked.CompareExchange(ref mutex.Word, me | (found & Waiters), found) != found) return false;     // acquire ← [exit]
        if (mutex.Process == 0) return true;        // I3
        mutex.Deceased = mutex.Process;
        mutex.Inconsistent = 1;
        return true;
    }
}
