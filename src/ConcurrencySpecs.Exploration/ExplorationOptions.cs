namespace ConcurrencySpecs.Exploration;

/// <summary>What an exploration may spend and what it may touch. Immutable; every method returns a changed copy.</summary>
public sealed record ExplorationOptions
{
    /// <summary>The options that an exploration has when none are given.</summary>
    public static ExplorationOptions Default { get; } = new();

    /// <summary>Whether <see cref="Explore.Every(Action, ExplorationOptions?, string)"/> may end at a bound on schedules, time, steps or rounds before every schedule is
    /// covered. Otherwise that is a failure: who asks for every schedule is told when it were not all. Default: no.</summary>
    public bool MayEndAtBound { get; init; }

    /// <summary>The most schedules to run; 0 for no bound. Sampling runs 10,000 when neither schedules nor time are given.</summary>
    public long Schedules { get; init; }

    /// <summary>The longest time to spend; zero for no bound. Default: one minute.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The most steps of one schedule; a longer one is cut off, and the result then does not claim exhaustion. Default: 100,000.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>The most rounds of loops that a thread makes between two steps; more fail the schedule as an endless loop. Default: 10,000,000, some tens of
    /// milliseconds.</summary>
    public long Turns { get; init; } = 10_000_000;

    /// <summary>Equal rounds of a loop, in which a thread sees nothing new, that are told apart. Rounds beyond them are taken in one go, and when the thread
    /// then goes on by itself, for it counts or reads a clock, the result does not claim exhaustion and names the loop. Default: 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>The most preemptions of one schedule (switches away from a thread that could go on), or null for no bound. "Every schedule" then means those,
    /// enumerated one by one without reduction; the result claims exhaustion only if the bound left nothing out.</summary>
    public int? Preemptions { get; init; }

    /// <summary>The seed of sampling strategies, and of the order in which an exhaustive search goes that a bound on schedules cuts short. The same seed
    /// gives the same schedules. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Who chooses the schedules of a sampling; null for the explorer's own portfolio, which is the default. Exhausting and replaying are always
    /// the explorer's.</summary>
    public ScheduleDriver? Driver { get; init; }

    /// <summary>Whether two plain accesses to one location, one of them a write, that no synchronisation orders fail a schedule by themselves,
    /// even if nothing breaks. Default: no.</summary>
    public bool Races { get; init; }

    /// <summary>How long one step may take before the exploration gives up on it as stuck in something uncontrolled; without end while a debugger is
    /// attached. Default: 10 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a schedule of more than <see cref="Steps"/> steps fails instead of being cut off.</summary>
    internal bool CutFails { get; init; }

    internal IReadOnlyList<string> Allowed { get; init; } = [];
    internal IReadOnlyList<string> RewrittenToo { get; init; } = [];
    internal IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Lets calls through that the explorer would refuse. You promise that they neither block nor start threads.</summary>
    /// <param name="members">Names as a refusal prints them (<c>"Process.Start"</c>), native entry points (<c>"getpid"</c>), or full type names.</param>
    public ExplorationOptions Allow(params string[] members) => this with { Allowed = [.. Allowed, .. members] };

    /// <summary>Rewrites assemblies that are shared by default, such as parts of the framework.</summary>
    /// <param name="assemblies">Simple names: <c>"System.Threading.Channels"</c>.</param>
    public ExplorationOptions Rewrite(params string[] assemblies) => this with { RewrittenToo = [.. RewrittenToo, .. assemblies] };

    /// <summary>Leaves assemblies as they are: their code runs as one step, unseen. They must not reference a rewritten assembly.</summary>
    /// <param name="assemblies">Simple names.</param>
    public ExplorationOptions LeaveOut(params string[] assemblies) => this with { LeftOut = [.. LeftOut, .. assemblies] };
}
