using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>What came of one implementation in one engine.</summary>
internal enum Verdict
{
    /// <summary>Its turn did not come.</summary>
    NotRun,

    /// <summary>No counterexample in the time it had.</summary>
    Held,

    /// <summary>A counterexample was found.</summary>
    Refuted,

    /// <summary>No counterexample until the run was interrupted.</summary>
    Interrupted,

    /// <summary>The engine or the specification threw.</summary>
    Error,
}

/// <summary>One implementation in one engine: the engine's report once it ran, or why it could not.</summary>
internal sealed record Proof(CatalogEntry Subject, Engine Engine, Verdict Verdict = Verdict.NotRun, EngineReport? Report = null, string? Error = null);

/// <summary>One broken twin and the engine that must catch it: a report for each seed so far.</summary>
internal sealed record Hunt(Exhibit Twin, IReadOnlyList<EngineReport> Reports, string? Error = null)
{
    public int Caught => Reports.Count(report => !report.Passed);

    public bool Escaped => Reports.Any(report => report.Passed);

    /// <summary>The middle one of the times that it took to catch it; null when it never was.</summary>
    public TimeSpan? MedianTime
    {
        get
        {
            TimeSpan[] times = [.. Reports.Where(report => !report.Passed).Select(report => report.Elapsed).Order()];
            return times.Length == 0 ? null : (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
        }
    }
}
