namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>How an execution ended, in one line, and whose doing it was.</summary>
internal sealed record Verdict(Outcome Outcome, string Message, Exception? Exception = null, int Thread = -1)
{
    public static readonly Verdict Passed = new(Outcome.Passed, "passed");

    public bool Failed => Outcome is not (Outcome.Passed or Outcome.StepBound or Outcome.Abandoned);

    /// <summary>What must stay the same when a failing schedule is simplified: the kind of failure and what threw.</summary>
    public string Signature => Outcome == Outcome.Threw ? $"{Outcome} {Exception?.GetType().FullName}" : Outcome.ToString();
}
