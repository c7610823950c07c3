using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Stress;
using ConcurrencySpecs.Stress.Chaos;
using ConcurrencySpecs.Stress.Deadlines;
using ConcurrencySpecs.Stress.Demo;
using ConcurrencySpecs.Stress.Explorer;
using ConcurrencySpecs.Stress.Learn;
using ConcurrencySpecs.Stress.Reclaim;
using ConcurrencySpecs.Stress.Verify;
using ConcurrencySpecs.Testing.Engines;

ChildProcess.RunIfChild();
return await StressTool.RunAsync(
    args, Console.Out, Console.Error,
    [
        new VerifyCommand(Catalog.Contracts, Gallery.Exhibits, Engine.All) { OnlyWhenNamed = Drivers.Engines }.Build(),
        BenchCommand.Build(), LearnCommand.Build(), ReclaimCommand.Build(), ChaosCommand.Build(), DeadlinesCommand.Build(), DemoCommand.Build(),
    ]);
