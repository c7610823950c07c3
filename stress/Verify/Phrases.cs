using System.Globalization;
using ConcurrencySpecs.Testing.Reports;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>Results as words, the same in every output.</summary>
internal static class Phrases
{
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long work, string unit) => $"{Number(work)} {unit}";

    public static string Plural(int count, string one, string? many = null) => $"{Number(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>One implementation in one engine: what was done and what came of it.</summary>
    public static string Of(Proof proof) => proof switch
    {
        { Verdict: Verdict.Held, Report: { Outcome: Outcome.Exhausted } report } => $"held, all {Count(report.Work, report.Unit)}",
        { Verdict: Verdict.Held, Report.Coverage: { } coverage } => $"held, {coverage}",
        { Verdict: Verdict.Held, Report: { } report } => $"held, {Count(report.Work, report.Unit)}",
        { Verdict: Verdict.Refuted, Report: { } report } => $"refuted after {Count(report.Work, report.Unit)}",
        { Verdict: Verdict.Interrupted, Report: { } report } => $"interrupted after {Count(report.Work, report.Unit)}",
        { Verdict: Verdict.Error } => "could not be run",
        _ => "not run",
    };

    /// <summary>The first line: what is going to be run.</summary>
    public static string Opening(Plan plan)
    {
        List<string> parts = [];
        if (plan.Implementations.Count > 0) parts.Add(Matrix(plan));
        if (plan.Twins.Count > 0) parts.Add($"{Twins(plan)} × {Plural(plan.SeedsPerTwin, "seed")}");
        return $"{string.Join(" · ", parts)} · budget {Durations.Show(plan.Budget)} · seed {plan.Seed} · {Machine.Here}";
    }

    /// <summary>The last line, which says it all.</summary>
    public static string Summary(VerifyReport report)
    {
        List<string> parts = [];
        if (report.Plan.Implementations.Count > 0) parts.Add(Implementations(report));
        if (report.Hunts.Count > 0) parts.Add(Twins(report));
        parts.Add(Durations.Show(report.Elapsed));
        parts.Add($"seed {report.Plan.Seed}");
        return (report.Interrupted ? "Interrupted: " : "") + string.Join(" · ", parts);
    }

    /// <summary>The command that runs one report's subject again with its seed, from the folder of the solution.</summary>
    public static string Replay(EngineReport report) =>
        $"{report.ReplaySettings} dotnet run -c Release --project stress -- verify --only \"{report.Spec}\" --engine {Engine(report)}";

    /// <summary>A schedule is taken again by the explorer, whoever chose it.</summary>
    private static string Engine(EngineReport report) =>
        report.Counterexample?.Schedule is null ? report.Engine : Testing.Engines.Engine.Interleavings.Name;

    private static string Implementations(VerifyReport report)
    {
        int Of(Verdict verdict) => report.Proofs.Count(proof => proof.Verdict == verdict);
        (Verdict Verdict, string Word)[] others =
        [
            (Verdict.Refuted, "refuted"), (Verdict.Error, "could not be run"), (Verdict.Interrupted, "interrupted"), (Verdict.NotRun, "not run"),
        ];
        string rest = string.Concat(others.Where(other => Of(other.Verdict) > 0).Select(other => $", {Number(Of(other.Verdict))} {other.Word}"));
        return $"{Matrix(report.Plan)}: {Number(Of(Verdict.Held))} held{rest}";
    }

    private static string Matrix(Plan plan) => $"{Plural(plan.Implementations.Count, "implementation")} × {Plural(plan.Engines.Count, "engine")}";

    private static string Twins(Plan plan) => Plural(plan.Twins.Select(twin => twin.Name).Distinct().Count(), "broken twin");

    private static string Twins(VerifyReport report)
    {
        int escaped = report.Escaped.Count(), errors = report.Hunts.Count(hunt => hunt.Error is not null), seeds = report.Plan.SeedsPerTwin;
        int caught = report.Hunts.Count(hunt => hunt is { Escaped: false, Error: null, Caught: > 0 });
        int none = report.Hunts.Count - caught - escaped - errors;
        string twins = Twins(report.Plan);
        if (escaped + errors + none > 0)
            return $"{twins}: {Number(caught)} caught{Some(escaped, "escaped")}{Some(errors, "could not be run")}{Some(none, "not run")}";
        int fewest = report.Hunts.Min(hunt => hunt.Caught), most = report.Hunts.Max(hunt => hunt.Caught);
        string each = report.Hunts.Count == 1 ? "" : " each";
        string over = fewest == most ? $"{fewest}" : $"{fewest} or {most}";
        return $"{twins}: {(report.Hunts.Count == 1 ? "" : "all ")}caught, {over} of {Plural(seeds, "seed")}{each}";

        static string Some(int count, string word) => count == 0 ? "" : $", {Number(count)} {word}";
    }
}
