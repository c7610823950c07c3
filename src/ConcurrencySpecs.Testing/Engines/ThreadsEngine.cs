using System.Diagnostics;
using ConcurrencySpecs.Testing.Programs;
using ConcurrencySpecs.Testing.RealThreads;
using ConcurrencySpecs.Testing.Reports;
using FsCheck;

namespace ConcurrencySpecs.Testing.Engines;

/// <summary>Small random parallel programs on real threads, each many times with varied overlap; every history is judged.</summary>
internal sealed class ThreadsEngine : Engine
{
    private const int DefaultPrograms = 200;
    private const int AttemptsPerProgram = 64;
    private const int AttemptsPerSmallerProgram = 1_024;
    private static readonly TimeSpan _defaultTime = TimeSpan.FromSeconds(1);

    public override string Name => "Threads";

    public override string Unit => "histories";

    public override string Claim => "is linearizable on real threads";

    private protected override EngineReport Run(ConcurrentSpec spec, RunOptions options)
    {
        Gen<ParallelProgram> programs = ProgramGenerator.Parallel(spec);
        int threads = Math.Max(2, Math.Max(spec.Threads, spec.Shapes.Select(shape => shape.Role).Distinct().Count()));
        using var rig = new ThreadRig(spec, threads, options.Patience);
        var watch = Stopwatch.StartNew();
        long histories = 0;

        for (int i = 0; More(i); i++)
        {
            ParallelProgram program = ProgramGenerator.Draw(programs, options.Seed, i);
            RunResult result = rig.RunTogether(program, AttemptsPerProgram, Seeds.Mix(options.Seed, (ulong)i));
            histories += result.Attempts;
            if (!result.Holds)
                return Failed(spec, options, histories, Smallest(rig, result, options).Describe("not linearizable on real threads"));
            options.Progress?.Report(histories);
        }

        return Passed(spec, options, histories);

        bool More(int i) => !options.Stop.IsCancellationRequested
            && (i == 0 || (options.Budget is { } budget ? watch.Elapsed < budget : i < DefaultPrograms && watch.Elapsed < _defaultTime));
    }

    /// <summary>Greedy: the first smaller program that also fails takes the place of the larger one, until none does or time is up.</summary>
    private static RunResult Smallest(ThreadRig rig, RunResult failing, RunOptions options)
    {
        var watch = Stopwatch.StartNew();
        ulong tries = 0;
        for (bool smaller = true; smaller && !rig.IsStuck;)
        {
            smaller = false;
            foreach (ParallelProgram candidate in ProgramShrinker.Smaller(failing.Program))
            {
                if (watch.Elapsed > options.Shrinking || rig.IsStuck) return failing;
                RunResult result = rig.RunTogether(candidate, AttemptsPerSmallerProgram, Seeds.Mix(~options.Seed, tries++));
                if (result.Holds) continue;
                (failing, smaller) = (result, true);
                break;
            }
        }

        return failing;
    }
}
