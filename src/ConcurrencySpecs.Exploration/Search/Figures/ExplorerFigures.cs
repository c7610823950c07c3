using System.Globalization;
using System.Text;

namespace ConcurrencySpecs.Exploration.Search.Figures;

/// <summary>Measures the engine on this machine, one core: schedules per second and nanoseconds per point.</summary>
public static class ExplorerFigures
{
    /// <summary>One measured figure.</summary>
    /// <param name="Program">The program explored.</param>
    /// <param name="Strategy">How.</param>
    /// <param name="Value">The figure.</param>
    /// <param name="Unit">Its unit.</param>
    /// <param name="Target">What to reach: at least this for rates, at most this for times; 0 for none.</param>
    public sealed record Figure(string Program, string Strategy, double Value, string Unit, double Target)
    {
        /// <summary>Whether the target is reached.</summary>
        public bool Reached => Target == 0 || (Unit is "ns" or "ms" or "s" ? Value <= Target : Value >= Target);
    }

    /// <summary>Measures every program whose name contains <paramref name="only"/>; each takes about <paramref name="each"/>.</summary>
    /// <param name="each">The time for one figure.</param>
    /// <param name="only">A part of the names of those that are wanted.</param>
    /// <param name="cold">A body of the caller's, in a process that has not explored yet: what its first exploration costs is measured too.</param>
    public static IReadOnlyList<Figure> Measure(TimeSpan each, string only = "", Action? cold = null)
    {
        var figures = new List<Figure>();
        if (cold is not null) figures.AddRange(RewritingFigures.Measure(cold, only));
        foreach ((string name, Action body, double target) in _programs)
        {
            if (!name.Contains(only, StringComparison.OrdinalIgnoreCase)) continue;
            figures.Add(new Figure(name, "random walk", Rate(body, () => new RandomWalk(1), each), "schedules/s", target));
            figures.Add(new Figure(name, "optimal DPOR", Rate(body, () => new Repeated(), each), "schedules/s", target));
        }
        foreach ((string name, Action body) in _faults)
            if (name.Contains(only, StringComparison.OrdinalIgnoreCase)) figures.Add(new Figure(name, "portfolio", TimeToFind(body), "s", 5));
        if (QueueName.Contains(only, StringComparison.OrdinalIgnoreCase)) figures.Add(new Figure(QueueName, "optimal DPOR", TimeToExhaust(), "s", 15));
        if (PointName.Contains(only, StringComparison.OrdinalIgnoreCase)) figures.Add(new Figure(PointName, "stay", Point(each), "ns", 8));
        return figures;
    }

    private const string QueueName = "bounded queue, exhausted, all cores";
    private const string PointName = "a point without a switch";

    /// <summary>The figures as a table of text.</summary>
    public static string Table(IReadOnlyList<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var text = new StringBuilder();
        foreach (Figure figure in figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"{figure.Program,-34} {figure.Strategy,-14} {figure.Value,12:N1} {figure.Unit,-12}");
            text.Append(CultureInfo.InvariantCulture, $"{(figure.Target == 0 ? "" : $" target {figure.Target:N0}{(figure.Reached ? "" : "  MISSED")}")}\n");
        }
        return text.ToString();
    }

    private static readonly (string, Action, double)[] _programs =
    [
        ("2 threads × 3 racy increments", Programs.RacyIncrements, 60_000),
        ("Treiber stack, 2 threads × 2", Programs.Treiber, 60_000),
        ("bounded queue, 2 + 2 threads × 2", Programs.BoundedQueue, 20_000),
        ("2 threads × 3 locks", Programs.Locks, 40_000),
    ];

    private static readonly (string, Action)[] _faults = [("reorder-20, time to find", Programs.Reorder), ("two-stage-20, time to find", Programs.TwoStage)];

    private static double TimeToFind(Action body)
    {
        using var explorer = new Explorer();
        SearchResult result = explorer.Run(body, new Portfolio(1), new SearchBounds { Time = TimeSpan.FromSeconds(60) });
        return result.Failure is null ? double.PositiveInfinity : result.Elapsed.TotalSeconds;
    }

    private static double TimeToExhaust()
    {
        using var explorer = new Explorer();
        var team = new Team(Scheduling.Affinity.Cores()?.Length ?? Environment.ProcessorCount, () => new TeamMember(new Explorer(), Programs.BoundedQueue));
        SearchResult result = team.Run(explorer, Programs.BoundedQueue, new SearchBounds { Time = TimeSpan.FromSeconds(60) });
        return result.Exhausted ? result.Elapsed.TotalSeconds : double.PositiveInfinity;
    }

    private static double Rate(Action body, Func<Scheduling.Strategy> strategy, TimeSpan time)
    {
        using var explorer = new Explorer();
        Search(explorer, body, strategy, time / 4);
        (long schedules, TimeSpan elapsed) = Search(explorer, body, strategy, time);
        return schedules / elapsed.TotalSeconds;
    }

    private static (long Schedules, TimeSpan Elapsed) Search(Explorer explorer, Action body, Func<Scheduling.Strategy> strategy, TimeSpan time)
    {
        long schedules = 0;
        TimeSpan elapsed = TimeSpan.Zero;
        while (elapsed < time)
        {
            SearchResult result = explorer.Run(body, strategy(), new SearchBounds { Time = time - elapsed });
            if (result.Failure is { } failure) throw new InvalidOperationException(failure.Message);
            schedules += result.Schedules;
            elapsed += result.Elapsed;
        }
        return (schedules, elapsed);
    }

    private static double Point(TimeSpan time)
    {
        using var explorer = new Explorer();
        Points(explorer, time / 4);
        (long steps, TimeSpan elapsed) = Points(explorer, time);
        return elapsed.TotalNanoseconds / steps;
    }

    private static (long Steps, TimeSpan Elapsed) Points(Explorer explorer, TimeSpan time)
    {
        long steps = 0;
        TimeSpan elapsed = TimeSpan.Zero;
        while (elapsed < time)
        {
            SearchResult result = explorer.Run(Programs.Points, new NoSwitch(), new SearchBounds { Steps = int.MaxValue });
            steps += result.Steps;
            elapsed += result.Elapsed;
        }
        return (steps, elapsed);
    }
}
