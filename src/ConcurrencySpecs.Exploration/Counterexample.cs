using ConcurrencySpecs.Exploration.Explanation;

namespace ConcurrencySpecs.Exploration;

/// <summary>A schedule that fails, and what is needed to see it again.</summary>
/// <param name="Verdict">What went wrong, in one line.</param>
/// <param name="Schedule">The schedule as a short string, for <see cref="Explore.Replay(string, Action, ExplorationOptions?)"/> and <see
/// cref="ReplayAttribute"/>.</param>
/// <param name="Explanation">The steps in columns per thread, with file and line, and the exception's own text.</param>
/// <param name="Command">A shell command that runs this schedule again.</param>
public sealed record Counterexample(string Verdict, string Schedule, string Explanation, string Command)
{
    /// <summary>The schedule as taken, for those who tell it in other words.</summary>
    internal Explained? Told { get; init; }
}
