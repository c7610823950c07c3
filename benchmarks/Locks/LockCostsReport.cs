using System.Globalization;
using System.Text;
using System.Text.Json;
using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Locks;

/// <summary>A result as the page that is committed, and as JSON for programs.</summary>
internal static class LockCostsReport
{
    private const double QuietShare = 0.02;
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    public static void Write(LockCostsResult result, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "LockCosts.md"), Markdown(result));
        File.WriteAllText(Path.Combine(folder, "LockCosts.json"), JsonSerializer.Serialize(result, _indented) + "\n");
    }

    public static string Markdown(LockCostsResult result)
    {
        Machine machine = result.Machine;
        var page = new StringBuilder();
        Line(page, $"""
            # What does a turn at a lock cost?

            Nanoseconds for entering, a section and exiting, over all threads together; {result.Rounds} rounds. Every round runs every candidate once
            in a new order; "×" compares with the first of the table within a round and takes the median. Threads are pinned to cores in turn and
            take turns for as long as the sample lasts, tasks run where the thread pool puts them. "Unfair" is the most turns that one of them
            took divided by the fewest. A raw cache line went to the other core and back in {result.RoundTripMedian:0} ns.{Warning(machine)}

            - {machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.OtherWork:P0} used by others during the run, nice {machine.Nice}
            - {machine.Runtime}, {(machine.ServerGarbageCollector ? "server" : "workstation")} garbage collector
            - commit {machine.Commit}
            - `dotnet run -c Release --project benchmarks -- locks`
            """);
        foreach (IGrouping<string, LockCostsRow> load in result.Rows.GroupBy(row => row.Load)) Table(page, load);
        Targets(page, result.Targets);
        return page.ToString();
    }

    private static void Table(StringBuilder page, IGrouping<string, LockCostsRow> load)
    {
        Line(page, $"""

            ## {load.Key}

            | | median ns | p99 ns | B | unfair | × |
            |---|---:|---:|---:|---:|---:|
            """);
        foreach (LockCostsRow row in load)
            Line(page, $"| {row.Name} | {row.Median:0.0} | {row.P99:0.0} | {row.Bytes:0.0} | {row.Unfairness:0.0} | {row.TimesFirst:0.00} |");
    }

    private static void Targets(StringBuilder page, LockCostsTarget[] targets)
    {
        Line(page, $"""

            ## Targets

            | | under | measure | at most | measured | |
            |---|---|---|---:|---:|---|
            """);
        foreach (LockCostsTarget target in targets)
        {
            string verdict = target.IsReached ? "reached" : "**falls short**";
            Line(page, $"| {target.Name} | {target.Load} | {target.Measure} | {target.Wanted:0.##} | {target.Measured:0.00} | {verdict} |");
        }
    }

    private static string Warning(Machine machine) => !(machine.OtherWork >= QuietShare) ? ""
        : "\n\n**The machine was busy with other work, so that these figures are indicative only.**";

    private static void Line(StringBuilder page, FormattableString text) => page.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
