namespace ConcurrencySpecs.Testing.Reports;

/// <summary>How an engine's run ended.</summary>
public enum Outcome
{
    /// <summary>No counterexample within the work done.</summary>
    Passed,

    /// <summary>A counterexample was found.</summary>
    Failed,

    /// <summary>Everything there is was tried, without a counterexample.</summary>
    Exhausted,
}

/// <summary>What an engine did and found: text and numbers only.</summary>
/// <param name="Spec">The specified thing.</param>
/// <param name="Engine">The engine's name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Work">How much was tried, in <paramref name="Unit"/>s.</param>
/// <param name="Unit">What the work is counted in.</param>
/// <param name="Seed">What all its randomness came from.</param>
/// <param name="Counterexample">The smallest failure found; null when it passed.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record EngineReport(
    string Spec, string Engine, Outcome Outcome, long Work, string Unit, ulong Seed, Counterexample? Counterexample, TimeSpan Elapsed)
{
    /// <summary>How many programs were exhausted, where the engine exhausts programs one by one; null elsewhere.</summary>
    public Coverage? Coverage { get; init; }

    /// <summary>True unless a counterexample was found.</summary>
    public bool Passed => Outcome != Outcome.Failed;

    /// <summary>One line: what was tried, by which engine, and what came of it.</summary>
    public string Verdict => Counterexample is { } found
        ? $"{Spec}: {found.Verdict} ({Engine}, after {Work:N0} {Unit}, seed {Seed})"
        : $"{Spec}: {(Outcome == Outcome.Exhausted ? "every one of" : "no counterexample in")} {Work:N0} {Unit}{(Coverage is null ? "" : $", {Coverage}")} ({Engine}, seed {Seed})";

    /// <summary>The setting that brings the failure back, as an environment variable before a command: the schedule, which says all, or the seed.</summary>
    public string ReplaySettings => Counterexample?.Schedule is { } schedule ? $"{Seeds.ScheduleVariable}={schedule}" : $"{Seeds.Variable}={Seed}";
}

/// <summary>How many of the programs tried had every schedule covered; a bound stopped the others.</summary>
/// <param name="Exhausted">Those covered in full.</param>
/// <param name="Programs">All that were tried.</param>
public sealed record Coverage(int Exhausted, int Programs)
{
    /// <summary>"12 of 16 programs exhausted".</summary>
    public override string ToString() => $"{Exhausted} of {Programs} programs exhausted";
}

/// <summary>A failure as a person reads it.</summary>
/// <param name="Verdict">What is wrong, in a few words.</param>
/// <param name="Program">The smallest program found that shows it.</param>
/// <param name="Diagram">What happened: the lanes of the history, or the steps of the schedule.</param>
/// <param name="Why">One sentence: what could not be, and what should have been.</param>
/// <param name="Schedule">The schedule that brings it back, where the engine controls it.</param>
public sealed record Counterexample(string Verdict, string Program, string Diagram, string Why, string? Schedule = null)
{
    /// <summary>The diagram with the program, the reason and <paramref name="replay"/>, the command that brings the failure back.</summary>
    public string Explain(string replay) =>
        $"""
          program  {Program}
        {Diagram}
          why      {Why}
          replay   {replay}
        """;
}
