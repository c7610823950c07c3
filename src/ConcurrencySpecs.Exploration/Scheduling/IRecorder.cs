namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Writes an execution down, for the few executions that are explained.</summary>
internal interface IRecorder
{
    /// <summary>A thread was chosen and is about to carry out its pending step.</summary>
    void Taken(Execution execution, LogicalThread thread);

    /// <summary>What the step just taken read, wrote or returned.</summary>
    void Value(LogicalThread thread, string value);

    /// <summary>The step just taken changed nothing: a failed exchange, an expired wait.</summary>
    void Unchanged(LogicalThread thread);
}
