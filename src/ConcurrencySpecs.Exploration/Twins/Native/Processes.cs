using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for what this repository's implementations ask about their own process: each logical thread is one.</summary>
[CallsOf("ConcurrencySpecs.Native.OwnProcess"), EditorBrowsable(EditorBrowsableState.Never)]
public static class OwnProcess
{
    internal const int FirstId = 1001;

    public static int get_Id() => FirstId + Steps.Me;

    public static long get_StartTime() => ProcessTable.StartOf(Steps.Me);
}

/// <summary>Stands for what this repository's implementations ask about other processes.</summary>
[CallsOf("ConcurrencySpecs.Native.ProcFiles"), EditorBrowsable(EditorBrowsableState.Never)]
public static class ProcFiles
{
    public static long StartTimeOf(int pid)
    {
        if (!Steps.Exploring) return 0;
        ProcessTable processes = ExecutionState.Current.Processes;
        Steps.Look(processes);
        // The id of a dead means another process at once, started later: the worst that may happen to who goes by ids.
        int thread = pid - OwnProcess.FirstId;
        return ProcessTable.StartOf(processes.IsAlive(thread) ? thread : Execution.MaxThreads);
    }
}

/// <summary>Which logical threads have died as processes do.</summary>
internal sealed class ProcessTable : SyncObject
{
    private ulong _dead;

    public bool AnyDied => _dead != 0;

    internal override SyncState State => new(0, _dead);

    internal override string Noun => "process table";

    /// <summary>When a process was started: each at another time.</summary>
    public static long StartOf(int thread) => 1 + thread;

    public void Die(int thread) => _dead |= 1ul << thread;

    public bool IsAlive(int thread) => thread is >= 0 and < Execution.MaxThreads && (_dead >> thread & 1) == 0;
}
