using System.Globalization;
using System.Text;
using System.Text.Json;
using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Queues;

/// <summary>A result as the page that is committed, and as JSON for programs.</summary>
internal static class HandOffReport
{
    private const double QuietShare = 0.02;
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    public static void Write(HandOffResult result, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "HandOff.md"), Markdown(result));
        File.WriteAllText(Path.Combine(folder, "HandOff.json"), JsonSerializer.Serialize(result, _indented) + "\n");
    }

    public static string Markdown(HandOffResult result)
    {
        Machine machine = result.Machine;
        var page = new StringBuilder();
        Line(page, $"""
            # What does a hand-off between two threads cost?

            Nanoseconds per `int`, capacity {HandOffCandidate.Capacity}, {result.Rounds} rounds. Every round runs every candidate once in a new order, beside a
            raw cache line that goes to the other core and back: {result.RoundTripMedian:0} ns in the median, {result.RoundTripP99:0} ns at p99.
            "× faster" compares within a round and takes the median. The types of the platform have no batches: batches stand beside
            their one by one. Who spins looks again after about half a microsecond. Threads are pinned to cores in turn,
            tasks run where the thread pool puts them.{Warning(machine)}

            - {machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.OtherWork:P0} used by others during the run, nice {machine.Nice}
            - {machine.Runtime}, {(machine.ServerGarbageCollector ? "server" : "workstation")} garbage collector
            - commit {machine.Commit}
            - `dotnet run -c Release --project benchmarks -- handoff`
            """);
        foreach (IGrouping<int, HandOffRow> group in result.Rows.GroupBy(row => row.Pairs)) Table(page, group);
        Targets(page, result.Targets);
        return page.ToString();
    }

    private static void Table(StringBuilder page, IGrouping<int, HandOffRow> group)
    {
        Line(page, $"""

            ## {Plural(group.Key, "producer")}, {Plural(group.Key, "consumer")}

            | | waits with | median ns | p99 ns | B | × raw line | × faster than Channel, spinning | than Channel, awaiting | than ConcurrentQueue |
            |---|---|---:|---:|---:|---:|---:|---:|---:|
            """);
        foreach (HandOffRow row in group)
        {
            Line(page, $"| {row.Name} | {row.Waits} | {row.Median:0.0} | {row.P99:0.0} | {row.Bytes:0.0} | {row.LinesPerItem:0.00} | {Times(row)} |");
        }
    }

    private static string Times(HandOffRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.TimesChannelSpinning:0.0} | {row.TimesChannelAwaiting:0.0} | {row.TimesConcurrentQueue:0.0}");

    private static void Targets(StringBuilder page, HandOffTarget[] targets)
    {
        Line(page, $"""

            ## Targets

            | | against | wanted | measured | |
            |---|---|---:|---:|---|
            """);
        foreach (HandOffTarget target in targets)
        {
            string verdict = target.IsReached ? "reached" : "**falls short**";
            Line(page, $"| {target.Name}, {target.Pairs}p{target.Pairs}c | {target.Baseline} | {target.Wanted:0.0} × | {target.Measured:0.0} × | {verdict} |");
        }
    }

    private static string Warning(Machine machine) => !(machine.OtherWork >= QuietShare) ? ""
        : "\n\n**The machine was busy with other work, so that these figures are indicative only.**";

    private static string Plural(int count, string noun) => count == 1 ? $"one {noun}" : $"{count} {noun}s";

    private static void Line(StringBuilder page, FormattableString text) => page.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
