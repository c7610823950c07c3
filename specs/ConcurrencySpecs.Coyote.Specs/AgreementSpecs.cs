using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Coyote;
using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;

public sealed class Coyote_and_the_explorer
{
    private const ulong Seed = 7;
    private const long Ours = 1_000, Theirs = 10_000;
    private static readonly Engine _coyote = Engine.Driven("Coyote", [.. CoyoteDriver.All()]);

    public static TheoryData<string> Twins => [.. Gallery.Exhibits.Where(exhibit => exhibit.CaughtBy == Engine.Interleavings).Select(exhibit => exhibit.Name)];

    public static TheoryData<string> Contracts => [.. Catalog.Contracts.Select(contract => contract.Name)];

    [Theory, MemberData(nameof(Twins))]
    public void both_find_what_is_wrong_with_a_twin(string twin)
    {
        Exhibit exhibit = Gallery.Exhibits.Single(one => one.Name == twin && one.CaughtBy == Engine.Interleavings);
        RunOptions options = new(Seed) { Budget = TimeSpan.FromMinutes(5), Shrinking = TimeSpan.Zero };       // a bound for machines that others keep busy
        EngineReport ours = Engine.Interleavings.Run(exhibit.Spec, options);
        Assert.False(ours.Passed, ours.Verdict);
        if (ours.Work > Ours) return;
        using var enough = new CancellationTokenSource();
        EngineReport theirs = _coyote.Run(exhibit.Spec, options with { Stop = enough.Token, Progress = new Limit(Theirs, enough) });
        TestContext.Current.TestOutputHelper?.WriteLine($"{ours.Verdict}\n{theirs.Verdict}");
        Assert.False(theirs.Passed, $"The explorer found it within {ours.Work} schedules, Coyote says: {theirs.Verdict}");
    }

    [Theory, MemberData(nameof(Contracts))]
    public void both_accuse_no_correct_contract(string contract)
    {
        EngineReport report = _coyote.Run(Catalog.Contracts.Single(one => one.Name == contract).Spec, new(Seed) { Budget = TimeSpan.FromSeconds(1) });
        Assert.True(report.Passed, $"{report.Verdict}\n{report.Counterexample?.Explain("")}");
        TestContext.Current.TestOutputHelper?.WriteLine(report.Verdict);
    }

    /// <summary>Ends a run after so many schedules.</summary>
    private sealed class Limit(long most, CancellationTokenSource end) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= most) end.Cancel();
        }
    }
}
