using System.Globalization;
using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Queues;

/// <summary>A result as the page that is committed.</summary>
internal static class HandOffReport
{
    public static Page PageOf(HandOffResult result)
    {
        var page = new Page("What does a hand-off between two threads cost?", $"""
            Nanoseconds per `int`, capacity {HandOffCandidate.Capacity}, {result.Rounds} rounds. Every round runs every candidate once in a new order, beside a
            raw cache line that goes to the other core and back: {result.RoundTripMedian:0} ns in the median, {result.RoundTripP99:0} ns at p99.
            "× faster" compares within a round and takes the median. The types of the platform have no batches: batches, made and
            added up by vectors, stand beside their one by one. Who spins looks again after about half a microsecond. Threads are pinned to
            cores in turn, tasks run where the thread pool puts them.
            """, result.Machine, "handoff");
        foreach (IGrouping<int, HandOffRow> group in result.Rows.GroupBy(row => row.Pairs)) Table(page, group);
        Targets(page, result.Targets);
        return page;
    }

    private static void Table(Page page, IGrouping<int, HandOffRow> group)
    {
        page.Add($"""

            ## {Plural(group.Key, "producer")}, {Plural(group.Key, "consumer")}

            | | waits with | median ns | p99 ns | B | × raw line | × faster than Channel, spinning | than Channel, awaiting | than ConcurrentQueue |
            |---|---|---:|---:|---:|---:|---:|---:|---:|
            """);
        foreach (HandOffRow row in group)
        {
            page.Add($"| {row.Name} | {row.Waits} | {row.Median:0.0} | {row.P99:0.0} | {row.Bytes:0.0} | {row.LinesPerItem:0.00} | {Times(row)} |");
        }
    }

    private static string Times(HandOffRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.TimesChannelSpinning:0.0} | {row.TimesChannelAwaiting:0.0} | {row.TimesConcurrentQueue:0.0}");

    private static void Targets(Page page, HandOffTarget[] targets)
    {
        page.Add($"""

            ## Targets

            | | against | wanted | measured | |
            |---|---|---:|---:|---|
            """);
        foreach (HandOffTarget target in targets)
        {
            page.Add($"| {target.Name}, {target.Pairs}p{target.Pairs}c | {target.Baseline} | {target.Wanted:0.0} × | {target.Measured:0.0} × | {Page.Verdict(target.IsReached)} |");
        }
    }

    private static string Plural(int count, string noun) => count == 1 ? $"one {noun}" : $"{count} {noun}s";
}
