using System.Diagnostics;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Testing.Interleavings;
using ConcurrencySpecs.Testing.Programs;
using ConcurrencySpecs.Testing.RealThreads;
using ConcurrencySpecs.Testing.Reports;
using FsCheck;
using Counterexample = ConcurrencySpecs.Testing.Reports.Counterexample;

namespace ConcurrencySpecs.Testing.Engines;

/// <summary>Small random parallel programs under every interleaving of the steps of rewritten code, as far as bounds allow.</summary>
internal sealed class InterleavingsEngine : Engine
{
    private const int DefaultPrograms = 12;
    private const int CallsPerThread = 2;
    private static readonly TimeSpan _defaultTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _shrinkingTime = TimeSpan.FromSeconds(3);
    private static readonly ExplorationOptions _perProgram = new() { Schedules = 5_000, Time = TimeSpan.FromSeconds(3), Steps = 20_000 };

    public override string Name => "Interleavings";

    public override string Unit => "schedules";

    public override string Claim => "is linearizable in every interleaving";

    private protected override EngineReport Run(ConcurrentSpec spec, RunOptions options)
    {
        using var host = TwinHost.For(spec.GetType(), _perProgram);
        var twin = (ConcurrentSpec)host.Create();
        Gen<ParallelProgram> programs = ProgramGenerator.Parallel(twin, twin.Threads, CallsPerThread);
        var watch = Stopwatch.StartNew();
        long schedules = 0;
        int exhausted = 0, tried = 0;

        for (; More(); tried++)
        {
            ParallelProgram program = ProgramGenerator.Draw(programs, options.Seed, tried);
            Found found = Explored(host, twin, program);
            schedules += found.Result.Schedules;
            if (found.Result.Counterexample is not null) return Failed(spec, options, schedules, Describe(twin, Smallest(host, twin, found)));
            if (found.Result.Exhausted) exhausted++;
            options.Progress?.Report(schedules);
        }

        return Passed(spec, options, schedules) with { Note = $"{exhausted} of {tried} programs exhausted" };

        bool More() => !options.Stop.IsCancellationRequested
            && (tried == 0 || (options.Budget is { } budget ? watch.Elapsed < budget : tried < DefaultPrograms && watch.Elapsed < _defaultTime));
    }

    private static Found Explored(TwinHost host, ConcurrentSpec twin, ParallelProgram program)
    {
        var run = new ExploredRun(twin, program);
        return new(program, host.Every(run.Body, whenStuck: run.MayEndWaiting), run.Failure);
    }

    /// <summary>Greedy: the first smaller program that also fails takes the place of the larger one, until none does or time is up.</summary>
    private static Found Smallest(TwinHost host, ConcurrentSpec twin, Found failing)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            Found? smaller = ProgramShrinker.Smaller(failing.Program)
                .TakeWhile(_ => watch.Elapsed < _shrinkingTime)
                .Select(candidate => Explored(host, twin, candidate))
                .FirstOrDefault(found => found.Result.Counterexample is not null);
            if (smaller is null) return failing;
            failing = smaller;
        }
    }

    private static Counterexample Describe(ConcurrentSpec twin, Found found)
    {
        var explored = found.Result.Counterexample!;
        string program = found.Program.Describe(twin.Shapes);
        return found.History?.Describe("not linearizable in one of its interleavings") is { } history
            ? history with { Diagram = $"{history.Diagram}\n{explored.Explanation}" }
            : new Counterexample(explored.Verdict, program, explored.Explanation, explored.Verdict);
    }

    /// <summary>A program, what the explorer says of it, and the history that was judged, if it came to one.</summary>
    private sealed record Found(ParallelProgram Program, ExplorationResult Result, RunResult? History);
}
