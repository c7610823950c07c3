using System.ComponentModel;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;
using RealThread = System.Threading.Thread;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the futex of this repository's implementations, which this assembly knows by name only.</summary>
/// <remarks>
/// The system looks at the word and falls asleep in one step. Here the thread lies down, looks, and gets up again when the word has changed:
/// a wake-up that comes between the two is not used up by one who gets up, so nobody can tell the difference, and the search sees the look.
/// </remarks>
[CallsOf("ConcurrencySpecs.Native.Futex"), EditorBrowsable(EditorBrowsableState.Never)]
public static class Futex
{
    public static unsafe bool Wait(ref int word, int expected, TimeSpan timeout)
    {
        if (!Steps.Exploring)
        {
            RealThread.Yield();     // a wake-up for no reason, which every caller allows for
            return true;
        }

        fixed (int* _ = &word) return WaitAt(ref word, expected, timeout);      // pinned as by the real one: a wake-up finds who sleeps by the address
    }

    private static bool WaitAt(ref int word, int expected, TimeSpan timeout)
    {
        FutexWord sleepers = At(ref word);
        int me = Steps.Me;
        Steps.Change(sleepers, StepKind.Wait);
        sleepers.Lie(me);
        bool mayLookUp = sleepers.IsShared && sleepers.MayLookUp(me);       // here, where it is part of a step: later ones wake who lies
        Steps.LookAt(ref word);
        if (Steps.Told(word) != expected)
        {
            Steps.Change(sleepers, StepKind.Change);
            sleepers.Leave(me, woken: false);
            return true;
        }

        int limit = timeout == Timeout.InfiniteTimeSpan ? Timeout.Infinite : (int)Math.Ceiling(timeout.TotalMilliseconds);
        if (mayLookUp && Death.HasCome)
        {
            Steps.Change(sleepers, StepKind.Change);
            sleepers.LooksUp(me);
            sleepers.Leave(me, woken: false);
            return true;
        }

        ThreadState.Mine.Asleep = sleepers;
        bool woken = Steps.Await(sleepers, StepKind.Wake, limit);
        ThreadState.Mine.Asleep = null;
        sleepers.Leave(me, woken);
        return woken;
    }

    public static void Wake(ref int word, int count) => WakeAndCount(ref word, count);

    internal static int WakeAndCount(ref int word, int count)
    {
        if (!Steps.Exploring) return 0;
        FutexWord sleepers = At(ref word);
        Steps.Change(sleepers, StepKind.Signal);
        return sleepers.Wake(count);
    }

    // Safe because the address is only a number here.
    internal static unsafe FutexWord At(ref int word) => ExecutionState.Current.FutexAt((nint)Unsafe.AsPointer(ref word));
}
