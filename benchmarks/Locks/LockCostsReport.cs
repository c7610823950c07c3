using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Locks;

/// <summary>A result as the page that is committed.</summary>
internal static class LockCostsReport
{
    public static Page PageOf(LockCostsResult result)
    {
        var page = new Page("What does a turn at a lock cost?", $"""
            Nanoseconds for entering, a section and exiting, over all threads together; {result.Rounds} rounds. Every round runs every candidate once
            in a new order; "×" compares with the first of the table within a round and takes the median. Threads are pinned to cores in turn and
            take turns for as long as the sample lasts, tasks run where the thread pool puts them. "Unfair" is the most turns that one of them
            took divided by the fewest. A raw cache line went to the other core and back in {result.RoundTripMedian:0} ns.
            """, result.Machine, "locks");
        foreach (IGrouping<string, LockCostsRow> load in result.Rows.GroupBy(row => row.Load)) Table(page, load);
        Targets(page, result.Targets);
        return page;
    }

    private static void Table(Page page, IGrouping<string, LockCostsRow> load)
    {
        page.Add($"""

            ## {load.Key}

            | | median ns | p99 ns | B | unfair | × |
            |---|---:|---:|---:|---:|---:|
            """);
        foreach (LockCostsRow row in load)
            page.Add($"| {row.Name} | {row.Median:0.0} | {row.P99:0.0} | {row.Bytes:0.0} | {row.Unfairness:0.0} | {row.TimesFirst:0.00} |");
    }

    private static void Targets(Page page, LockCostsTarget[] targets)
    {
        page.Add($"""

            ## Targets

            | | under | measure | at most | measured | |
            |---|---|---|---:|---:|---|
            """);
        foreach (LockCostsTarget target in targets)
        {
            page.Add($"| {target.Name} | {target.Load} | {target.Measure} | {target.Wanted:0.##} | {target.Measured:0.00} | {Page.Verdict(target.IsReached)} |");
        }

        foreach (LockCostsTarget target in targets)
            if (target is { IsReached: false, Tried: { } tried }) page.Add($"\n{target.Name}, {target.Load}: {tried}");
    }
}
