using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the futex between processes of this repository's implementations, whose threads stand for the processes here.</summary>
/// <remarks>
/// The real one looks again every 50 ms. Here nobody does, so that a wake-up which is lost is seen; unless somebody has died, as <see cref="Death"/>
/// says: then each thread looks a few times more before it sleeps, and all who sleep look again once anybody has been woken, for what was changed
/// before that. Who has not seen by then what the dead left never will.
/// </remarks>
[CallsOf("ConcurrencySpecs.Native.SharedFutex"), EditorBrowsable(EditorBrowsableState.Never)]
public static class SharedFutex
{
    public static int get_SpinsBeforeSleep() => 0;

    public static void Wait(ref int word, int expected, TimeSpan timeout)
    {
        if (Steps.Exploring) Futex.At(ref word).IsShared = true;
        Futex.Wait(ref word, expected, timeout);
    }

    public static int Wake(ref int word, int count)
    {
        int reached = Futex.WakeAndCount(ref word, count);
        if (Steps.Exploring && Death.HasCome) ExecutionState.Current.WakeSleepers();
        return reached;
    }
}
