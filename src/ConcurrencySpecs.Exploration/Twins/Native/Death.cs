using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Ends a thread as SIGKILL ends a process: between two of its steps, with nothing tidied up; then the system does for the dead what it
/// does.</summary>
/// <remarks>
/// The dead thread runs no finally block: it stays where it is. Before that it takes, in the system's name, the steps of the robust list: each mutex
/// that it holds is marked and a waiter woken, as Linux does (kernel/futex, exit_robust_list). So others see a death at any later moment, in pieces.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Death
{
    /// <summary>Kills the calling thread before the step that follows its next <paramref name="steps"/>; the thread has to be a background one.</summary>
    public static void After(int steps)
    {
        if (Execution.Current is not { } execution) return;
        LogicalThread me = execution.Running;
        ExecutionState.Current.HasMortals = true;
        me.AtEnd = Die;
        me.LastStep = me.Steps + steps;
    }

    /// <summary>Whether some thread has died; a step where one may.</summary>
    internal static bool HasCome
    {
        get
        {
            ExecutionState all = ExecutionState.Current;
            if (all.HasMortals) Steps.Look(all.Processes);
            return all.Processes.AnyDied;
        }
    }

    private static void Die()
    {
        ThreadState me = ThreadState.Mine;
        ExecutionState all = ExecutionState.Current;
        if (me.Asleep is { } bed)
        {
            Steps.Change(bed);
            bed.Leave(Steps.Me, woken: false);
        }

        RobustList.Walk(me);
        Steps.Change(all.Processes);
        all.Processes.Die(Steps.Me);
        all.WakeSleepers();         // whoever sleeps looks again by itself
        Execution.Current!.Block(new Grave(), StepKind.Wait);
    }

    /// <summary>Where nobody comes back from.</summary>
    private sealed class Grave : SyncObject
    {
        internal override SyncState State => default;

        internal override string Noun => "the dead";

        internal override bool Admits(in SyncState state, int thread, long demand) => false;
    }
}
