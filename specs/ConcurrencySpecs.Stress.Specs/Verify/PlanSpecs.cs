using ConcurrencySpecs.Stress;
using ConcurrencySpecs.Stress.Verify;
using ConcurrencySpecs.Testing.Engines;

public sealed class A_plan
{
    [Fact]
    public void takes_everything_when_nothing_is_named()
    {
        Plan plan = Of();
        Assert.Equal(["Tally", "Ledger (two, columns)"], plan.Implementations.Select(one => one.Name));
        Assert.Equal(Engine.All, plan.Engines);
        Assert.Equal(["BrokenTally", "HealthyTwin"], plan.Twins.Select(twin => twin.Name));
        Assert.True(plan.IsWhole);
    }

    [Fact]
    public void takes_what_is_named_in_any_case()
    {
        Plan plan = Of(only: ["ledger (TWO, columns)"]);
        Assert.Equal("Ledger (two, columns)", Assert.Single(plan.Implementations).Name);
        Assert.Empty(plan.Twins);
        Assert.False(plan.IsWhole);
    }

    [Fact]
    public void takes_a_whole_topic_with_its_twins()
    {
        Plan plan = Of(only: ["Counting"]);
        Assert.Equal("Tally", Assert.Single(plan.Implementations).Name);
        Assert.Equal(2, plan.Twins.Count);
    }

    [Fact]
    public void leaves_out_twins_whose_engine_was_not_named()
    {
        Plan plan = Of(engines: ["threads"]);
        Assert.Equal([Engine.Threads], plan.Engines);
        Assert.Empty(plan.Twins);
    }

    [Fact]
    public void suggests_the_nearest_name() =>
        Assert.Equal("There is no topic, implementation or twin named 'Tali'. Did you mean Tally? See `verify --list`.", Refusal(only: ["Tali"]));

    [Fact]
    public void suggests_the_nearest_engine() =>
        Assert.Equal("There is no engine named 'Thread'. Did you mean Threads? See `verify --list`.", Refusal(engines: ["Thread"]));

    [Fact]
    public void is_not_made_of_nothing() =>
        Assert.Equal("Nothing to run: BrokenTally is to be caught by Sequential, not by Threads.", Refusal(["BrokenTally"], ["Threads"]));

    [Theory, InlineData(90, 20), InlineData(60, 20), InlineData(30, 10), InlineData(3, 1), InlineData(0.1, 1)]
    public void asks_for_fewer_seeds_when_the_budget_is_small(double seconds, int seeds) =>
        Assert.Equal(seeds, (Of() with { Budget = TimeSpan.FromSeconds(seconds) }).SeedsPerTwin);

    [Fact]
    public void gives_the_twins_all_the_time_when_there_is_nothing_else()
    {
        Plan plan = Of(only: ["BrokenTally"]);
        Assert.Equal(plan.Budget, plan.TwinsBudget);
    }

    private static string Refusal(IReadOnlyList<string>? only = null, IReadOnlyList<string>? engines = null) =>
        Assert.Throws<UsageException>(() => Of(only, engines)).Message;

    private static Plan Of(IReadOnlyList<string>? only = null, IReadOnlyList<string>? engines = null) => Plan.Of(
        [Subjects.Sound, Subjects.AlsoSound], [Subjects.Twin, Subjects.Escaping], Engine.All, new(42) { Only = only ?? [], Engines = engines ?? [] });
}
