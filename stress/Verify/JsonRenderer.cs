using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Testing.Reports;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>A report for programs, in the shape of <c>stress/README.md</c>. When a property changes its meaning or goes, the schema counts up.</summary>
internal static class JsonRenderer
{
    public const string Schema = "concurrencyspecs.verify/2";

    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // lanes stay readable; the text goes to a file, never into a page
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Render(VerifyReport report) => JsonSerializer.Serialize(
        new Document(
            Schema, report.Plan.Seed, Seconds(report.Plan.Budget), Seconds(report.Elapsed), report.Interrupted, report.ExitCode, Phrases.Summary(report),
            Machine.Here, [.. report.Proofs.Select(Of)], [.. report.Hunts.Select(hunt => Of(hunt, report.Plan.SeedsPerTwin))],
            report.Showpiece is { } piece ? Of(piece) : null),
        _options);

    private static Implementation Of(Proof proof) => new(
        proof.Subject.Name, proof.Subject.Topic, proof.Engine.Name, proof.Verdict,
        proof.Report?.Outcome == Outcome.Exhausted, proof.Report?.Coverage, proof.Report?.Work ?? 0, proof.Engine.Unit,
        Seconds(proof.Report?.Elapsed ?? TimeSpan.Zero), proof.Report?.Counterexample is null ? null : Of(proof.Report), proof.Error);

    private static Twin Of(Hunt hunt, int seeds) => new(
        hunt.Twin.Name, hunt.Twin.Topic, hunt.Twin.Defect, hunt.Twin.CaughtBy.Name, hunt.Caught, hunt.Reports.Count, seeds, hunt.Escaped,
        hunt.MedianTime is { } median ? Seconds(median) : null,
        [.. hunt.Reports.Select(report => new Try(report.Seed, !report.Passed, report.Work, report.Unit, Seconds(report.Elapsed)))], hunt.Error);

    private static Found Of(EngineReport report)
    {
        Counterexample found = report.Counterexample!;
        return new(report.Spec, report.Engine, report.Seed, found.Verdict, found.Program, found.Diagram, found.Why, found.Schedule, Phrases.Replay(report));
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 4);

    private sealed record Document(
        string Schema, ulong Seed, double BudgetSeconds, double ElapsedSeconds, bool Interrupted, int ExitCode, string Summary, Machine Machine,
        IReadOnlyList<Implementation> Implementations, IReadOnlyList<Twin> Twins, Found? Showpiece);

    private sealed record Implementation(
        string Name, string Topic, string Engine, Verdict Verdict, bool Exhausted, Coverage? Coverage, long Work, string Unit, double ElapsedSeconds,
        Found? Counterexample, string? Error);

    private sealed record Twin(
        string Name, string Topic, string Defect, string Engine, int Caught, int Tried, int Seeds, bool Escaped, double? MedianSeconds,
        IReadOnlyList<Try> Tries, string? Error);

    private sealed record Try(ulong Seed, bool Caught, long Work, string Unit, double ElapsedSeconds);

    private sealed record Found(
        string Name, string Engine, ulong Seed, string Verdict, string Program, string Diagram, string Why, string? Schedule, string Replay);
}
