using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Pools;

/// <summary>What a run of <see cref="PoolCosts"/> found, and the page that is committed.</summary>
internal sealed record PoolCostsResult(Machine Machine, int Rounds, PoolCostsRow[] Rows)
{
    /// <summary>What is to be reached, as a ratio to the first of the load.</summary>
    private static readonly (string Load, string Name, double AtMost)[] _targets =
    [
        (PoolCandidate.Forks, PoolCandidate.ForkTask, 0.2),
        (PoolCandidate.Spawned, PoolCandidate.WorkerPool, 0.5),
        (PoolCandidate.Rent(1), PoolCandidate.ObjectPool, 0.3),
        (PoolCandidate.Rent(2), PoolCandidate.ObjectPool, 0.3),
    ];

    private const string Tried = "with one worker the items take a fifth of the time: what costs is the line of the oldest item, "
        + "which goes between thief and owner. Tried: no look at the other end when no worker is to stand by, "
        + "no fence to pop from a deque found empty (a tenth of the time; both kept).";

    public static PoolCostsResult Of(Machine machine, PoolCandidate[] all, double[][] samples) => new(machine, samples.Length,
    [
        .. all.Select((one, i) => new PoolCostsRow(one.Load, one.Unit, one.Name,
            Statistics.Median(samples.Select(round => round[i])),
            Statistics.Percentile(samples.Select(round => round[i]), 99),
            Statistics.Median(samples.Select(round => round[i] / round[Array.FindIndex(all, first => first.Load == one.Load)])))),
    ]);

    public Page ToPage()
    {
        var page = new Page("What do forks, items and rented objects cost?", $"""
            {Rounds} rounds. Every round runs every candidate once in a new order; "×" compares with the first of the load within a round and takes
            the median. Renting threads are pinned to cores in turn, and the figure is for one rent and return of one of them.
            """, Machine, "pools");
        page.Add($"""

            | | | median | p99 | | × |
            |---|---|---:|---:|---|---:|
            """);
        foreach (PoolCostsRow row in Rows) page.Add($"| {row.Load} | {row.Name} | {row.Median:0.0} | {row.P99:0.0} | {row.Unit} | {row.TimesFirst:0.00} |");
        page.Add($"""

            ## Targets

            | | under | at most, × | measured | |
            |---|---|---:|---:|---|
            """);
        string? tried = null;
        foreach ((string load, string name, double atMost) in _targets)
        {
            double measured = Rows.Single(row => row.Load == load && row.Name == name).TimesFirst;
            page.Add($"| {name} | {load} | {atMost:0.0} | {measured:0.00} | {Page.Verdict(measured <= atMost)} |");
            if (measured > atMost && name == PoolCandidate.WorkerPool) tried = $"\n{name}: {Tried}";
        }

        if (tried is not null) page.Add($"{tried}");


        return page;
    }
}

/// <summary>One candidate under one load, beside the first of the load.</summary>
internal sealed record PoolCostsRow(string Load, string Unit, string Name, double Median, double P99, double TimesFirst);
