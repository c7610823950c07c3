namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Unwinds a thread of an execution that is over. Never caught by twins: let it pass.</summary>
internal sealed class ExecutionAbortedException : Exception
{
    public static readonly ExecutionAbortedException Instance = new();

    private ExecutionAbortedException() : base("The explorer ends this thread because its schedule is over. Code under test should let this exception pass.") { }
}
