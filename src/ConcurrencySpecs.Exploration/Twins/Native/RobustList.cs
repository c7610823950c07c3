using System.ComponentModel;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the robust list of this repository's implementations: each logical thread has one, and <see cref="Death"/> walks it.</summary>
[CallsOf("ConcurrencySpecs.Native.RobustList"), EditorBrowsable(EditorBrowsableState.Never)]
public static class RobustList
{
    private const int Waiters = unchecked((int)0x8000_0000), OwnerDied = 0x4000_0000, Owner = 0x3FFF_FFFF;

    public static int get_Thread() => Steps.Me + 1;

    // Safe, here and below, because the address is only a number: the words are pinned.
    public static unsafe void Announce(ref int word)
    {
        if (Steps.Exploring) ThreadState.Mine.Pending = (nint)Unsafe.AsPointer(ref word);
    }

    public static void Done()
    {
        if (Steps.Exploring) ThreadState.Mine.Pending = 0;
    }

    public static unsafe void Add(ref int word)
    {
        if (Steps.Exploring) ThreadState.Mine.Robust.Add((nint)Unsafe.AsPointer(ref word));
    }

    public static unsafe void Remove(ref int word)
    {
        if (Steps.Exploring) ThreadState.Mine.Robust.Remove((nint)Unsafe.AsPointer(ref word));
    }

    /// <summary>What the system does when the calling thread dies, each mutex in a step of its own.</summary>
    internal static void Walk(ThreadState dead)
    {
        foreach (nint listed in dead.Robust.ToArray()) if (listed != dead.Pending) Leave(listed, pending: false);
        if (dead.Pending != 0) Leave(dead.Pending, pending: true);
    }

    private static unsafe void Leave(nint address, bool pending)
    {
        ref int word = ref *(int*)address;      // Safe because the program keeps the word pinned for as long as the schedule lasts.
        Steps.ChangeAt(ref word);
        int found = word;
        if ((found & Owner) == Steps.Me + 1) word = Steps.Told((found & Waiters) | OwnerDied);
        else if (!pending || found != 0) return;
        // A mutex that the dead was about to let go of may be free already, and nobody woken yet: the system wakes one in any case.
        if (found <= 0) Futex.WakeAndCount(ref word, 1);
    }
}
