using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

/// <summary>Short words for what specs of the engine do all the time.</summary>
public static class Run
{
    /// <summary>Starts the bodies as threads and joins them.</summary>
    public static void Together(params Action[] bodies)
    {
        Execution x = Execution.Current!;
        LogicalThread[] threads = [.. bodies.Select(body => x.Spawn(body))];
        x.Join(threads);
    }

    internal static SearchResult Under(Strategy strategy, Action body, long schedules = long.MaxValue, bool pastFailures = false, Action<Verdict>? after = null)
    {
        using var explorer = new Explorer { After = after };
        return explorer.Run(body, strategy, new SearchBounds { Schedules = schedules, PastFailures = pastFailures, Time = TimeSpan.FromSeconds(60) });
    }
}
