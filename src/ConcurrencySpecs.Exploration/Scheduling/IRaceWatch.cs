namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Follows happens-before through an execution and reports accesses that it does not order.</summary>
internal interface IRaceWatch
{
    void Begin(Execution execution);

    void Spawned(LogicalThread parent, LogicalThread child);

    /// <summary>A thread takes its pending step; the verdict of a race, or null.</summary>
    Verdict? Taken(Execution execution, LogicalThread thread);
}
