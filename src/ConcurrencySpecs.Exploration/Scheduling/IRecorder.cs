namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Writes an execution down, for the few executions that are explained.</summary>
internal interface IRecorder
{
    /// <summary>An execution begins.</summary>
    void Begin();

    /// <summary>A thread was chosen and is about to carry out its pending step.</summary>
    void Taken(Execution execution, LogicalThread thread);

    /// <summary>What the step just taken read, wrote or returned.</summary>
    void Value(LogicalThread thread, string value);

    /// <summary>The step just taken changed nothing: a failed exchange, an expired wait.</summary>
    void Unchanged(LogicalThread thread);

    /// <summary>The execution is cut off here; pending steps are still as announced.</summary>
    void Stopping(Execution execution);

    /// <summary>The execution is over.</summary>
    void Complete();
}
