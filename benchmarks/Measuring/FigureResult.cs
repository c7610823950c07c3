namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>What a run of figures found, and what they had to reach.</summary>
/// <param name="Question">What the figures answer.</param>
/// <param name="Command">The arguments that measure them again.</param>
/// <param name="Machine">Where they were measured.</param>
/// <param name="Rounds">How often.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Targets">What was to be reached.</param>
internal sealed record FigureResult(string Question, string Command, Machine Machine, int Rounds, Figure[] Figures, Target[] Targets)
{
    /// <summary>What could not be measured here, and why.</summary>
    public IReadOnlyCollection<string> LeftOut { get; init; } = [];

    /// <summary>What a round is.</summary>
    public string Sampling { get; init; } = "every round measures every candidate once, in a new order";

    public Page ToPage()
    {
        var page = new Page(Question, $"{Rounds} rounds; {Sampling}. The p99 of fewer than 100 samples is the greatest of them.", Machine, Command);
        page.Add($"""

            | | | p50 | p99 | |
            |---|---|---:|---:|---|
            """);
        foreach (Figure figure in Figures.OrderBy(one => one.Question, StringComparer.Ordinal).ThenBy(one => one.Candidate, StringComparer.Ordinal))
            page.Add($"| {figure.Question} | {figure.Candidate} | {figure.Median:0.00} | {figure.P99:0.00} | {figure.Unit} |");
        page.Add($"""

            ## Targets

            | | wanted | measured | |
            |---|---:|---:|---|
            """);
        foreach (Target target in Targets) page.Add($"| {target.What} | {target.Wanted} | {target.Measured:0.00} | {Page.Verdict(target.IsReached)} |");
        foreach (Target target in Targets) if (target is { IsReached: false, Tried: { } tried }) page.Add($"\n{target.What}: {tried}");
        if (LeftOut.Count > 0) page.Add($"\nLeft out: {string.Join("; ", LeftOut)}.");
        return page;
    }
}
