using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Testing.Interleavings;
using ConcurrencySpecs.Testing.Reports;
using Counterexample = ConcurrencySpecs.Testing.Reports.Counterexample;

namespace ConcurrencySpecs.Testing.Engines;

/// <summary>Small random parallel programs under every interleaving of the steps of rewritten code, as far as bounds allow; or, with drivers, under
/// as many as they choose.</summary>
internal sealed class InterleavingsEngine(string name = "Interleavings", params ScheduleDriver[] drivers) : Engine
{
    private const int DefaultPrograms = 16;
    private const int Ahead = 8;                // samples are cheap: so many programs are sampled before the first of them is searched
    private const int MostSteps = 50_000;       // above what the explorer takes to tell a livelock, or none would be seen
    private static readonly TimeSpan _defaultTime = TimeSpan.FromSeconds(1.5);

    // A few samples find shallow faults anywhere in a large program; the exhaustive search after them leaves nothing in a small one.
    private static readonly ExplorationOptions _sample = new() { Schedules = 100, Time = TimeSpan.FromSeconds(1), Steps = MostSteps };
    private static readonly ExplorationOptions _every = new() { Schedules = 5_000, Time = TimeSpan.FromSeconds(2), Steps = MostSteps };

    // Another tool's schedules are dear: more programs are tried rather than more schedules of one.
    private static readonly ExplorationOptions _driven = new() { Schedules = 200, Time = TimeSpan.FromSeconds(2), Steps = MostSteps };

    public override string Name => name;

    public override string Unit => "schedules";

    public override string Claim => drivers.Length == 0 ? "is linearizable in every interleaving" : "is linearizable in every schedule that was chosen";

    private protected override EngineReport Run(ConcurrentSpec spec, RunOptions options)
    {
        using var host = TwinHost.For(spec.GetType());
        var twin = (ConcurrentSpec)host.Create();
        if (options.Schedule is { } word) return Replay(host, twin, spec, options, word);
        var watch = Stopwatch.StartNew();
        long schedules = 0;
        int exhausted = 0, tried = 0, sampled = 0;

        for (; More(tried); tried++)
        {
            while (sampled <= tried || (sampled < tried + Ahead && More(sampled)))
                if (Fails(Sampled(host, twin, new(options.Seed, sampled++, [])), out EngineReport? shallow)) return shallow;
            if (drivers.Length > 0) continue;
            Found found = Searched(host, twin, new(options.Seed, tried, []));
            if (Fails(found, out EngineReport? failure)) return failure;
            if (found.Result.Exhausted) exhausted++;
        }

        return Passed(spec, options, schedules) with { Coverage = drivers.Length == 0 ? new(exhausted, tried) : null };

        bool Fails(Found found, [NotNullWhen(true)] out EngineReport? report)
        {
            schedules += found.Schedules;
            options.Progress?.Report(schedules);
            report = found.Fails ? Failed(spec, options, schedules, Describe(twin, Smallest(host, twin, found, options))) : null;
            return report is not null;
        }

        bool More(int program) => !options.Stop.IsCancellationRequested
            && (program == 0 || (options.Budget is { } budget ? watch.Elapsed < budget : program < DefaultPrograms && watch.Elapsed < _defaultTime));
    }

    /// <summary>The one schedule of the one program that <paramref name="word"/> names.</summary>
    private EngineReport Replay(TwinHost host, ConcurrentSpec twin, ConcurrentSpec spec, RunOptions options, string word)
    {
        (Drawn drawn, string schedule) = Drawn.Read(word);
        var run = new ExploredRun(twin, drawn.Program(twin));
        ExplorationResult result = host.Replay(schedule, run.Body, run.MayEndWaiting);
        RunOptions then = options with { Seed = drawn.Seed };
        return result.Counterexample is null ? Passed(spec, then, result.Schedules)
            : Failed(spec, then, result.Schedules, Describe(twin, new(drawn, run, result)));
    }

    private Found Sampled(TwinHost host, ConcurrentSpec twin, Drawn drawn)
    {
        var run = new ExploredRun(twin, drawn.Program(twin));
        ExplorationOptions options = drivers.Length == 0 ? _sample : _driven with { Driver = drivers[drawn.Index % drivers.Length] };
        return new(drawn, run, host.Sample(run.Body, options with { Seed = drawn.Seed }, run.MayEndWaiting));
    }

    private static Found Searched(TwinHost host, ConcurrentSpec twin, Drawn drawn)
    {
        var run = new ExploredRun(twin, drawn.Program(twin));
        ExplorationOptions options = _every with { Seed = Seeds.Mix(drawn.Seed, (ulong)drawn.Index) };      // like programs are searched from different ends
        return new(drawn, run, host.Every(another => Program(another == host ? run : Again(another, drawn)), options));
    }

    /// <summary>The same run for a host that helps with the search, with a spec of its own.</summary>
    private static ExploredRun Again(TwinHost host, Drawn drawn)
    {
        var twin = (ConcurrentSpec)host.Create();
        return new ExploredRun(twin, drawn.Program(twin));
    }

    private static HostedProgram Program(ExploredRun run) => new(run.Body, run.MayEndWaiting);

    /// <summary>Greedy: the first smaller program that also fails takes the place of the larger one, until none does or time is up.</summary>
    private Found Smallest(TwinHost host, ConcurrentSpec twin, Found failing, RunOptions options)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            Found? smaller = failing.Drawn.Smaller(twin)
                .TakeWhile(_ => watch.Elapsed < options.Shrinking && !host.IsLost)
                .Select(candidate => Sampled(host, twin, candidate) is var shallow && (shallow.Fails || drivers.Length > 0)
                    ? shallow : Searched(host, twin, candidate))
                .FirstOrDefault(found => found.Fails);
            if (smaller is null) return failing;
            failing = smaller;
        }
    }

    private static Counterexample Describe(ConcurrentSpec twin, Found found)
    {
        var explored = found.Result.Counterexample!;
        string program = found.Drawn.Program(twin).Describe(twin.Shapes);
        string? word = explored.Schedule.Length == 0 ? null : found.Drawn.Write(explored.Schedule);
        return found.Run.Failure?.Describe("not linearizable in one of its interleavings") is { } history
            ? history with { Diagram = $"{history.Diagram}\n{explored.Explanation}", Schedule = word }
            : new Counterexample(explored.Verdict, program, explored.Explanation, explored.Verdict, word);
    }

    /// <summary>A program, its run with the history that was judged, and what the explorer says of it.</summary>
    private sealed record Found(Drawn Drawn, ExploredRun Run, ExplorationResult Result)
    {
        public long Schedules => Result.Schedules;

        public bool Fails => Result.Counterexample is not null;
    }
}
