using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ConcurrencySpecs.Benchmarks.Locks;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Benchmarks.Pools;
using ConcurrencySpecs.Benchmarks.Processes;
using ConcurrencySpecs.Benchmarks.Queues;
using ConcurrencySpecs.Benchmarks.Timeouts;
using ConcurrencySpecs.Processes;

namespace ConcurrencySpecs.Benchmarks;

/// <summary>
/// <c>handoff [--rounds N] [--out FOLDER]</c> measures between threads and writes the page that is committed; <c>locks</c> does so for
/// locks, <c>pools</c> for pools, <c>timeouts</c> for deadlines and signals, <c>processes</c> for what goes on between processes;
/// <c>smoke</c> runs everything for as short as it goes; all other arguments are BenchmarkDotNet's, beside <c>--publish</c>, which writes
/// the pages that are committed. Exit code 0 when every benchmark gave a figure, 1 when one failed or none matched.
/// </summary>
internal static class Program
{
    private const string Publishing = "--publish";
    private static readonly string[] _questions = ["--list", "--help", "--info", "--version", "-h"];
    private static readonly string _results = Path.Combine("benchmarks", "results");
    private static readonly TimeSpan _perSample = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _perContest = TimeSpan.FromMilliseconds(30);       // some time slices: four threads on two cores all get one
    private static readonly TimeSpan _perSmokeSample = TimeSpan.FromMilliseconds(1);

    // Each measures what BenchmarkDotNet cannot: many threads or processes at once, and every candidate beside its peers in each round.
    private static readonly OwnRunner[] _ownRunners =
    [
        new("handoff", "HandOff", (rounds, isSmoke, tell) =>
        {
            HandOffResult result = new HandOff(rounds, isSmoke ? _perSmokeSample : _perSample).Run(tell);
            return (HandOffReport.PageOf(result), result);
        }),
        new("locks", "LockCosts", (rounds, isSmoke, tell) =>
        {
            LockCostsResult result = new LockCosts(rounds, isSmoke ? _perSmokeSample : _perContest).Run(tell);
            return (LockCostsReport.PageOf(result), result);
        }),
        new("pools", "Pools", (rounds, _, tell) =>
        {
            PoolCostsResult result = new PoolCosts(rounds).Run(tell);
            return (result.ToPage(), result);
        }),
        new("timeouts", "Timeouts", (rounds, _, tell) =>
        {
            FigureResult result = new TimeoutFigures(rounds).Run(tell);
            return (result.ToPage(), result);
        }),
        new("processes", "Processes", (rounds, _, tell) =>
        {
            FigureResult result = new ProcessFigures(rounds).Run(tell);
            return (result.ToPage(), result);
        }),
    ];

    private static int Main(string[] args)
    {
        if (args is [ProcessFigures.Nothing]) return 0;
        if (args is not [ProcessFigures.WithoutLine]) ChildProcess.RunIfChild();
        return Run(args);
    }

    private static int Run(string[] args) => args switch
    {
        [ProcessFigures.WithoutLine] => StartAndJoin.Serve(),
        ["smoke"] => Smoke(),
        [var name, .. string[] options] when Array.Find(_ownRunners, one => one.Name == name) is { } runner => Run(runner, options),
        _ => RunBenchmarkDotNet(args),
    };

    private static int RunBenchmarkDotNet(string[] args)
    {
        Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args.Except([Publishing])])];
        if (args.Intersect(_questions).Any()) return 0;
        int exit = ExitCode(summaries);
        if (exit == 0 && args.Contains(Publishing)) foreach (Summary summary in summaries) Pages.Write(summary, _results);
        return exit;
    }

    private static int Run(OwnRunner runner, string[] options)
    {
        int rounds = 101;
        string folder = _results;
        for (int i = 0; i < options.Length; i += 2)
        {
            string? value = options.ElementAtOrDefault(i + 1);
            if (options[i] == "--rounds" && int.TryParse(value, out int wanted) && wanted > 0) rounds = wanted;
            else if (options[i] == "--out" && value is not null) folder = value;
            else return Refuse($"\"{options[i]} {value}\" is not an option of {runner.Name}. It takes --rounds N (from 1) and --out FOLDER.");
        }

        (Page page, object result) = runner.Measure(rounds, false, Console.Error.WriteLine);
        page.Write(folder, runner.FileName, result);
        Console.Write(page);
        return 0;
    }

    private static int Smoke()
    {
        foreach (OwnRunner runner in _ownRunners) Console.Write(runner.Measure(3, true, Console.Error.WriteLine).Page);
        Job once = Job.Dry.WithToolchain(InProcessEmitToolchain.Instance);
        return ExitCode([.. BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).RunAll(DefaultConfig.Instance.AddJob(once))]);
    }

    // BenchmarkDotNet reports a failed or an unmatched benchmark and returns as if nothing had happened.
    private static int ExitCode(Summary[] all)
    {
        if (all.Length == 0) return Refuse("No benchmark matched. Name one with --filter, or * for all.");
        string[] failed = [.. all.SelectMany(summary => summary.ValidationErrors).Where(error => error.IsCritical).Select(error => error.Message),
            .. all.SelectMany(summary => summary.Reports).Where(report => !report.Success).Select(report => report.BenchmarkCase.DisplayInfo)];
        if (all.Any(summary => summary.Reports.Length == 0)) return Refuse("A class of benchmarks gave no figure at all; its log above says why.");
        return failed.Length == 0 ? 0 : Refuse("These benchmarks gave no figure: " + string.Join("; ", failed));
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return 1;
    }
}
