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
    private const int DefaultPrograms = 16;
    private const int ProgramsPerSize = 3;
    private const int MostCallsPerThread = 3;
    private const int MostSteps = 50_000;       // above what the explorer takes to tell a livelock, or none would be seen
    private static readonly TimeSpan _defaultTime = TimeSpan.FromSeconds(5);

    // A few samples find shallow faults anywhere in a large program; the exhaustive search after them leaves nothing in a small one.
    private static readonly ExplorationOptions _sample = new() { Schedules = 100, Time = TimeSpan.FromSeconds(1), Steps = MostSteps };
    private static readonly ExplorationOptions _every = new() { Schedules = 5_000, Time = TimeSpan.FromSeconds(2), Steps = MostSteps };

    public override string Name => "Interleavings";

    public override string Unit => "schedules";

    public override string Claim => "is linearizable in every interleaving";

    private protected override EngineReport Run(ConcurrentSpec spec, RunOptions options)
    {
        using var host = TwinHost.For(spec.GetType());
        var twin = (ConcurrentSpec)host.Create();
        Gen<ParallelProgram>[] bySize = [.. Enumerable.Range(1, MostCallsPerThread).Select(calls => ProgramGenerator.Parallel(twin, twin.Threads, calls))];
        var watch = Stopwatch.StartNew();
        long schedules = 0;
        int exhausted = 0, tried = 0;

        for (; More(); tried++)
        {
            Gen<ParallelProgram> programs = bySize[Math.Min(tried / ProgramsPerSize, MostCallsPerThread - 1)];
            Found found = Explored(host, twin, ProgramGenerator.Draw(programs, options.Seed, tried), options.Seed);
            schedules += found.Schedules;
            if (found.Result.Counterexample is not null) return Failed(spec, options, schedules, Describe(twin, Smallest(host, twin, found, options)));
            if (found.Result.Exhausted) exhausted++;
            options.Progress?.Report(schedules);
        }

        return Passed(spec, options, schedules) with { Note = $"{exhausted} of {tried} programs exhausted" };

        bool More() => !options.Stop.IsCancellationRequested
            && (tried == 0 || (options.Budget is { } budget ? watch.Elapsed < budget : tried < DefaultPrograms && watch.Elapsed < _defaultTime));
    }

    private static Found Explored(TwinHost host, ConcurrentSpec twin, ParallelProgram program, ulong seed)
    {
        var run = new ExploredRun(twin, program);
        ExplorationResult sampled = host.Sample(run.Body, _sample with { Seed = (int)(seed & int.MaxValue) }, run.MayEndWaiting);
        if (sampled.Counterexample is not null) return new(program, sampled, sampled.Schedules, run.Failure);
        ExplorationResult all = host.Every(run.Body, _every, run.MayEndWaiting);
        return new(program, all, sampled.Schedules + all.Schedules, run.Failure);
    }

    /// <summary>Greedy: the first smaller program that also fails takes the place of the larger one, until none does or time is up.</summary>
    private static Found Smallest(TwinHost host, ConcurrentSpec twin, Found failing, RunOptions options)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            Found? smaller = ProgramShrinker.Smaller(failing.Program)
                .TakeWhile(_ => watch.Elapsed < options.Shrinking && !host.IsLost)
                .Select(candidate => Explored(host, twin, candidate, options.Seed))
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
    private sealed record Found(ParallelProgram Program, ExplorationResult Result, long Schedules, RunResult? History);
}
