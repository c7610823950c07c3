using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Stress;
using ConcurrencySpecs.Stress.Verify;
using ConcurrencySpecs.Testing.Engines;

/// <summary>A run of the command line over a tiny house: what it answered and what it wrote.</summary>
internal sealed record Run(int ExitCode, string Output, string Error)
{
    public static Task<Run> Of(IReadOnlyList<CatalogEntry> contracts, IReadOnlyList<Exhibit> exhibits, params string[] arguments) =>
        Of(contracts, exhibits, arguments, CancellationToken.None);

    public static async Task<Run> Of(IReadOnlyList<CatalogEntry> contracts, IReadOnlyList<Exhibit> exhibits, string[] arguments, CancellationToken stop)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await StressTool.RunAsync(arguments, output, error, [new VerifyCommand(contracts, exhibits, Subjects.Sequential).Build()], stop);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>A report without the command line around it.</summary>
    public static VerifyReport Report(
        IReadOnlyList<CatalogEntry> contracts, IReadOnlyList<Exhibit> exhibits, IWatcher? watcher = null, CancellationToken stop = default) =>
        new Runner(Plan(contracts, exhibits), watcher ?? new Silence(), stop).Run();

    public static Plan Plan(IReadOnlyList<CatalogEntry> contracts, IReadOnlyList<Exhibit> exhibits, IReadOnlyList<Engine>? engines = null) =>
        ConcurrencySpecs.Stress.Verify.Plan.Of(contracts, exhibits, engines ?? Subjects.Sequential, new(42) { Budget = TimeSpan.FromMilliseconds(200) });

    private sealed class Silence : IWatcher
    {
        public void Ended(string line, VerifyReport soFar) { }

        public void GoesOn(string line, VerifyReport soFar) { }
    }
}
