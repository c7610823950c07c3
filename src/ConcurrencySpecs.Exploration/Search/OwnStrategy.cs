using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>One of the explorer's own strategies by itself, to be measured beside others.</summary>
internal sealed class OwnStrategy(string name, Func<ulong, Strategy> strategy) : ScheduleDriver
{
    public static IReadOnlyList<ScheduleDriver> All { get; } =
    [
        new OwnStrategy("random walk", seed => new RandomWalk(seed)),
        new OwnStrategy("PCT 3", seed => new Pct(seed, 3)),
        new OwnStrategy("POS", seed => new Pos(seed)),
        new OwnStrategy("SURW", seed => new Surw(seed)),
        new OwnStrategy("portfolio", seed => new Portfolio(seed)),
    ];

    public override string Name => name;

    internal override (Backend Backend, Strategy Strategy) Open(ulong seed) => (Backend.Best(), strategy(seed));
}
