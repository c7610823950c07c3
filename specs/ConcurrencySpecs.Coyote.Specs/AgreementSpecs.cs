using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Coyote;
using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;

public sealed class Coyote_and_the_explorer
{
    private const ulong Seed = 7;
    private static readonly Engine _coyote = Engine.Driven("Coyote", [.. CoyoteDriver.All()]);

    public static TheoryData<string> Twins => [.. Gallery.Exhibits.Where(exhibit => exhibit.CaughtBy == Engine.Interleavings).Select(exhibit => exhibit.Name)];

    public static TheoryData<string> Contracts => [.. Catalog.Contracts.Select(contract => contract.Name)];

    [Theory, MemberData(nameof(Twins))]
    public void both_find_what_is_wrong_with_a_twin(string twin)
    {
        Exhibit exhibit = Gallery.Exhibits.Single(one => one.Name == twin && one.CaughtBy == Engine.Interleavings);
        RunOptions options = new(Seed) { Budget = TimeSpan.FromSeconds(30), Shrinking = TimeSpan.Zero };
        EngineReport ours = Engine.Interleavings.Run(exhibit.Spec, options);
        Assert.False(ours.Passed, ours.Verdict);
        EngineReport theirs = _coyote.Run(exhibit.Spec, options);
        TestContext.Current.TestOutputHelper?.WriteLine($"{ours.Verdict}\n{theirs.Verdict}");
        if (ours.Work > 1_000) return;
        Assert.True(!theirs.Passed && theirs.Work <= 10_000, $"The explorer found it within {ours.Work} schedules, Coyote says: {theirs.Verdict}");
    }

    [Theory, MemberData(nameof(Contracts))]
    public void both_accuse_no_correct_contract(string contract)
    {
        EngineReport report = _coyote.Run(Catalog.Contracts.Single(one => one.Name == contract).Spec, new(Seed) { Budget = TimeSpan.FromSeconds(1) });
        Assert.True(report.Passed, $"{report.Verdict}\n{report.Counterexample?.Explain("")}");
        TestContext.Current.TestOutputHelper?.WriteLine(report.Verdict);
    }
}
