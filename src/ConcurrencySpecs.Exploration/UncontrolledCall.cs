namespace ConcurrencySpecs.Exploration;

/// <summary>A call that would take the schedule out of the explorer's hands: it blocks, starts threads or completes on some other thread.</summary>
/// <param name="Member">The member that is called.</param>
/// <param name="Caller">The method that calls it.</param>
/// <param name="File">The caller's source file, or null without symbols.</param>
/// <param name="Line">The line of the call, or 0.</param>
/// <param name="Reason">Why the explorer cannot control it.</param>
public sealed record UncontrolledCall(string Member, string Caller, string? File, int Line, string Reason)
{
    /// <summary>The call as one sentence: member, caller, line, reason and what can be done.</summary>
    public override string ToString() =>
        $"{Caller} calls {Member}{(File is null ? "" : $" at {Path.GetFileName(File)}:{Line}")}, "
        + $"which the explorer does not control: {Reason}. "
        + $"Leave the call out of the explored body, put it behind an interface that the spec replaces, "
        + $"or allow it with ExplorationOptions.Allow(\"{Member}\") "
        + "if it neither blocks nor starts threads.";
}
