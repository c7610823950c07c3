using System.Diagnostics;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Testing.Reports;
using Counterexample = ConcurrencySpecs.Testing.Reports.Counterexample;

namespace ConcurrencySpecs.Testing.Engines;

/// <summary>A way to try a specification. Every engine takes the spec's type, draws from a seed and gives back plain data.</summary>
public abstract class Engine
{
    /// <summary>FsCheck properties: random sequential programs agree with the model; counterexamples are shrunk.</summary>
    public static Engine Sequential { get; } = new SequentialEngine();

    /// <summary>Small random programs on real threads; each recorded history has to be linearizable.</summary>
    public static Engine Threads { get; } = new ThreadsEngine();

    /// <summary>Small random parallel programs under every interleaving of their steps; each history has to be linearizable.</summary>
    public static Engine Interleavings { get; } = new InterleavingsEngine();

    /// <summary>All engines, in the order in which they are run and shown.</summary>
    public static IReadOnlyList<Engine> All { get; } = [Sequential, Threads, Interleavings];

    /// <summary>Random programs like those of <see cref="Interleavings"/>, under schedules that drivers choose; they take turns.</summary>
    /// <param name="name">What tables and the command line call the engine.</param>
    /// <param name="drivers">Who chooses the schedules.</param>
    public static Engine Driven(string name, params ScheduleDriver[] drivers)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(drivers);
        ArgumentOutOfRangeException.ThrowIfZero(drivers.Length, nameof(drivers));
        return new InterleavingsEngine(name, drivers);
    }

    private protected Engine() { }

    /// <summary>The name in tables and on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What its work is counted in: "programs", "histories" ….</summary>
    public abstract string Unit { get; }

    /// <summary>What the engine establishes when it passes, to be read after the name of the thing: "agrees with its model".</summary>
    public abstract string Claim { get; }

    /// <summary>Tries the spec of type <paramref name="spec"/>.</summary>
    /// <exception cref="ArgumentException">The type is not a concrete <see cref="ConcurrentSpec"/> with a public constructor that takes nothing.</exception>
    public EngineReport Run(Type spec, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var watch = Stopwatch.StartNew();
        ConcurrentSpec subject = Construct(spec);
        return Run(subject, options) with { Elapsed = watch.Elapsed };
    }

    /// <summary>Constructs a spec, with an error that says what a spec has to be.</summary>
    /// <exception cref="ArgumentException">See <see cref="Run(Type,RunOptions)"/>.</exception>
    public static ConcurrentSpec Construct(Type spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (!typeof(ConcurrentSpec).IsAssignableFrom(spec) || spec.IsAbstract || spec.ContainsGenericParameters || spec.GetConstructor(Type.EmptyTypes) is null)
            throw new ArgumentException(
                $"{spec} cannot be run as a specification: engines construct it by its type, so it has to be a concrete class derived from "
                + "ConcurrentSpec<TSubject, TState> with a public constructor that takes nothing.", nameof(spec));
        return (ConcurrentSpec)Activator.CreateInstance(spec)!;
    }

    private protected abstract EngineReport Run(ConcurrentSpec spec, RunOptions options);

    private protected EngineReport Passed(ConcurrentSpec spec, RunOptions options, long work) =>
        new(spec.Name, Name, Outcome.Passed, work, Unit, options.Seed, null, TimeSpan.Zero);

    private protected EngineReport Failed(ConcurrentSpec spec, RunOptions options, long work, Counterexample counterexample) =>
        new(spec.Name, Name, Outcome.Failed, work, Unit, options.Seed, counterexample, TimeSpan.Zero);
}
