using System.Diagnostics;
using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Testing.Programs;
using ConcurrencySpecs.Testing.RealThreads;
using ConcurrencySpecs.Testing.Reports;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace ConcurrencySpecs.Testing.Engines;

/// <summary>Random sequential programs against the model, drawn and shrunk by FsCheck.</summary>
internal sealed class SequentialEngine : Engine
{
    private const int DefaultPrograms = 500;
    private const int ProgramsPerRound = 100;
    private static readonly TimeSpan _defaultTime = TimeSpan.FromSeconds(1);

    public override string Name => "Sequential";

    public override string Unit => "programs";

    public override string Claim => "agrees with its model";

    private protected override EngineReport Run(ConcurrentSpec spec, RunOptions options)
    {
        using var rig = new ThreadRig(spec, threads: 1, options.Patience);
        Arbitrary<ParallelProgram> programs = Arb.From(ProgramGenerator.Sequential(spec), ProgramShrinker.Smaller);
        var watch = Stopwatch.StartNew();
        long tried = 0;
        RunResult? smallest = null;
        var shrinking = new Stopwatch();

        for (int round = 0; More(); round++)
        {
            Config config = Config.Quick.WithMaxTest(ProgramsPerRound).WithEndSize(40).WithQuietOnSuccess(true).WithRunner(SilentRunner.Instance)
                .WithReplay(new Replay(Seeds.Rnd(Seeds.Mix(options.Seed, (ulong)round)), FSharpOption<int>.None));
            Check.One(config, Prop.ForAll(programs, program => Agrees(program)));
            if (smallest is not null) return Failed(spec, options, tried, smallest.Describe("does not agree with its model"));
            options.Progress?.Report(tried);
        }

        return Passed(spec, options, tried);

        bool More() => !options.Stop.IsCancellationRequested
            && (tried == 0 || (options.Budget is { } budget ? watch.Elapsed < budget : tried < DefaultPrograms && watch.Elapsed < _defaultTime));

        bool Agrees(ParallelProgram program)
        {
            if (rig.IsStuck || (smallest is not null && shrinking.Elapsed > options.Shrinking)) return true;   // nothing smaller is tried
            if (smallest is null) tried++;
            RunResult result = rig.RunInOrder(program);
            if (result.Holds) return true;
            smallest = result;
            shrinking.Start();
            return false;
        }
    }

    /// <summary>FsCheck's own console output would mix with the runner's.</summary>
    private sealed class SilentRunner : IRunner
    {
        public static SilentRunner Instance { get; } = new();

        public void OnStartFixture(Type t) { }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every) { }

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink) { }

        public void OnFinished(string name, TestResult testResult) { }
    }
}
