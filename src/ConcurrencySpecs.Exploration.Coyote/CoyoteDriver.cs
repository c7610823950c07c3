using System.Globalization;
using ConcurrencySpecs.Exploration.Scheduling;
using Microsoft.Coyote;

namespace ConcurrencySpecs.Exploration.Coyote;

/// <summary>A strategy of Microsoft Coyote, to choose the schedules of an exploration: <c>options with { Driver = CoyoteDriver.QLearning() }</c>.</summary>
/// <remarks>
/// <para>Every thread of the program is an operation of Coyote and every step a scheduling point; what it draws from
/// <c>Random.Shared</c> or <c>new Random()</c> is a boolean or integer choice of Coyote's. Twins, deadlocks and failures are the explorer's, and so
/// are trace and replay of what is found. Nothing is rewritten by Coyote, and its telemetry is off.</para>
/// <para>Cost — Coyote starts an operating-system thread for each thread of each schedule and asks every operation at every point: about a twentieth of
/// the explorer's own schedules per second.</para>
/// <para>Source — Deligiannis, Senthilnathan, Nayyar, Lovett, Lal, "Industrial-Strength Controlled Concurrency Testing for C# Programs with Coyote",
/// TACAS 2023.</para>
/// </remarks>
public sealed class CoyoteDriver : ScheduleDriver
{
    private const uint Unbounded = 10_000_000;  // the explorer has its own bound on steps

    private readonly Func<Configuration, Configuration> _strategy;
    private volatile string? _trace;

    private CoyoteDriver(string name, Func<Configuration, Configuration> strategy)
    {
        Name = $"Coyote {name}";
        _strategy = strategy;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Coyote's own trace of the last schedule that failed, as JSON for <see cref="Replay"/>; null when none has.</summary>
    public string? Trace => _trace;

    /// <summary>Whether this driver takes one given schedule.</summary>
    internal bool Replays { get; private init; }

    /// <summary>Whether what the strategy learns in one schedule changes the next ones.</summary>
    internal bool Learns { get; private init; }

    /// <summary>The most decisions of one schedule; Coyote ends it there.</summary>
    private uint MostDecisions { get; init; } = Unbounded;

    /// <summary>Any enabled thread, all equally likely.</summary>
    public static CoyoteDriver RandomWalk() => RandomWalk(Unbounded);

    internal static CoyoteDriver RandomWalk(uint mostDecisions) => new("random", one => one.WithRandomStrategy()) { MostDecisions = mostDecisions };

    /// <summary>A thread is left with probability 2⁻ⁿ at each step.</summary>
    /// <param name="n">How seldom; 3 is Coyote's own default.</param>
    public static CoyoteDriver Probabilistic(int n = 3) => new(Text($"probabilistic {n}"), one => one.WithProbabilisticStrategy((uint)n));

    /// <summary>Random priorities, changed at a few points (PCT).</summary>
    /// <param name="changes">The most priority changes of one schedule.</param>
    public static CoyoteDriver Prioritization(int changes = 10) =>
        new(Text($"prioritization {changes}"), one => one.WithPrioritizationStrategy(false, (uint)changes));

    /// <summary>One thread after the other, with a few delays at random points.</summary>
    /// <param name="delays">The most delays of one schedule.</param>
    public static CoyoteDriver DelayBounding(int delays = 10) =>
        new(Text($"delay bounding {delays}"), one => one.WithDelayBoundingStrategy(false, (uint)delays));

    /// <summary>Learns from schedule to schedule to go where it has seldom been.</summary>
    public static CoyoteDriver QLearning() => new("Q-learning", one => one.WithQLearningStrategy()) { Learns = true };

    /// <summary>Takes the one schedule of a trace.</summary>
    /// <param name="trace">What <see cref="Trace"/> said for the same body.</param>
    public static CoyoteDriver Replay(string trace)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(trace);
        return new("replay", one => one.WithReproducibleTrace(trace)) { Replays = true };
    }

    /// <summary>One driver for each strategy, with Coyote's defaults.</summary>
    public static IReadOnlyList<CoyoteDriver> All() => [RandomWalk(), Probabilistic(), Prioritization(), DelayBounding(), QLearning()];

    internal override (Backend Backend, Strategy Strategy) Open(ulong seed)
    {
        var backend = new CoyoteBackend(this, seed);
        return (backend, backend.Search);
    }

    internal void Failed(string trace) => _trace = trace;

    internal Configuration Configure(uint seed, uint schedules) => _strategy(Configuration.Create())
        .WithTelemetryEnabled(false)
        .WithRandomGeneratorSeed(seed)
        .WithTestingIterations(schedules)
        .WithMaxSchedulingSteps(MostDecisions)
        .WithDeadlockTimeout((uint)TimeSpan.FromDays(1).TotalMilliseconds)       // the explorer sees deadlocks, and watches for what is stuck
        .WithPotentialDeadlocksReportedAsBugs(false);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
