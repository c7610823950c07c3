using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Stress;
using ConcurrencySpecs.Stress.Chaos;
using ConcurrencySpecs.Stress.Demo;
using ConcurrencySpecs.Stress.Learn;
using ConcurrencySpecs.Stress.Reclaim;
using ConcurrencySpecs.Stress.Verify;
using ConcurrencySpecs.Testing.Engines;

ChildProcess.RunIfChild();
return await StressTool.RunAsync(
    args, Console.Out, Console.Error,
    [
        new VerifyCommand(Catalog.Contracts, Gallery.Exhibits, Engine.All).Build(),
        BenchCommand.Build(), LearnCommand.Build(), ReclaimCommand.Build(), ChaosCommand.Build(), DemoCommand.Build(),
    ]);
