namespace ConcurrencySpecs.Exploration;

/// <summary>A schedule failed. The message is the verdict in one line; the stack trace is the schedule, step by step.</summary>
/// <remarks>Runners print a message more than once and a stack trace once, so the diagram takes the place of the trace: the explorer's own frames would tell
/// nothing.</remarks>
public sealed class ExplorationFailedException : Exception
{
    private readonly string _diagram;

    internal ExplorationFailedException(string message, ExplorationResult result) : base(message)
    {
        Result = result;
        Counterexample example = result.Counterexample!;
        string again = example.Schedule.Length == 0
            ? $"The schedule was not finished and cannot be taken alone. To explore again:\n  {example.Command}"
            : $"To run this schedule again:\n  {example.Command}\nor put [Replay(\"{example.Schedule}\")] on the fact.";
        _diagram = $"\n{example.Explanation.TrimEnd()}\n\n{again}";
    }

    /// <summary>What the exploration saw, the counterexample included.</summary>
    public ExplorationResult Result { get; }

    /// <summary>The failing schedule in columns, and how to run it again.</summary>
    public override string StackTrace => _diagram;
}
