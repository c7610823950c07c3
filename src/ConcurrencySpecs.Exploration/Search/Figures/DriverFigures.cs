using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search.Figures;

/// <summary>Measures who chooses the schedules, on the explorer's own programs: how many a second, and how many until a fault shows.</summary>
public static class DriverFigures
{
    private static readonly Dictionary<string, Action> _rated = new()
    {
        ["2 threads × 3 racy increments"] = Programs.RacyIncrements,
        ["Treiber stack, 2 threads × 2"] = Programs.Treiber,
        ["bounded queue, 2 + 2 threads × 2"] = Programs.BoundedQueue,
        ["2 threads × 3 locks"] = Programs.Locks,
    };

    private static readonly Dictionary<string, Action> _faulty = new()
    {
        ["reorder-3"] = () => Programs.Reorder(2),
        ["reorder-5"] = () => Programs.Reorder(4),
        ["reorder-20"] = Programs.Reorder,
        ["two-stage-3"] = () => Programs.TwoStage(2),
        ["two-stage-20"] = Programs.TwoStage,
    };

    /// <summary>The explorer's own strategies, one by one and together.</summary>
    public static IReadOnlyList<ScheduleDriver> Own => OwnStrategy.All;

    /// <summary>Programs without a fault, for <see cref="Rate"/>.</summary>
    public static IReadOnlyList<string> Rated => [.. _rated.Keys];

    /// <summary>Programs with a fault, for <see cref="ToFind"/>.</summary>
    public static IReadOnlyList<string> Faulty => [.. _faulty.Keys];

    /// <summary>Schedules per second.</summary>
    /// <param name="program">One of <see cref="Rated"/>.</param>
    /// <param name="driver">Who chooses.</param>
    /// <param name="time">How long to measure.</param>
    public static double Rate(string program, ScheduleDriver driver, TimeSpan time)
    {
        SearchResult result = Run(_rated[program], driver, 1, new() { Time = time });
        return result.Failure is { } failure ? throw new InvalidOperationException(failure.Message) : result.Schedules / result.Elapsed.TotalSeconds;
    }

    /// <summary>How many schedules it took to find the fault; null when a bound came first.</summary>
    /// <param name="program">One of <see cref="Faulty"/>.</param>
    /// <param name="driver">Who chooses.</param>
    /// <param name="seed">The seed of the choices.</param>
    /// <param name="schedules">The most schedules.</param>
    /// <param name="time">The longest time.</param>
    public static long? ToFind(string program, ScheduleDriver driver, ulong seed, long schedules, TimeSpan time)
    {
        SearchResult result = Run(_faulty[program], driver, seed, new() { Schedules = schedules, Time = time });
        return result.Failure is null ? null : result.Schedules;
    }

    private static SearchResult Run(Action body, ScheduleDriver driver, ulong seed, SearchBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(driver);
        (Backend backend, Strategy strategy) = driver.Open(seed);
        using var explorer = new Explorer(backend);
        return explorer.Run(body, strategy, bounds);
    }
}
