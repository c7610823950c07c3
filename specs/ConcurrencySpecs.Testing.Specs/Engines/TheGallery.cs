using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Broken.Locks;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;

public sealed class The_gallery
{
    private const int SeedsPerTwin = 3;

    public static TheoryData<string, string> Twins => [.. Gallery.Exhibits.Select(exhibit => (exhibit.Name, exhibit.CaughtBy.Name))];

    [Theory, MemberData(nameof(Twins))]
    public void is_caught_by_the_engine_that_each_twin_names(string twin, string engine)
    {
        Exhibit exhibit = Gallery.Exhibits.Single(one => one.Name == twin && one.CaughtBy.Name == engine);
        ulong seed = Seeds.FromEnvironment();
        for (int i = 0; i < SeedsPerTwin; i++)
        {
            // The engine stops at the first counterexample; the budget is there for machines that others keep busy.
            // That counterexamples are made smaller is a requirement of the engines, with specs of its own. Patience is short, as in the main job:
            // a pause that is taken for a lost wake-up accuses nobody wrongly here.
            EngineReport report = exhibit.CaughtBy.Run(
                exhibit.Spec,
                new(Seeds.Mix(seed, (ulong)i)) { Budget = TimeSpan.FromSeconds(20), Patience = TimeSpan.FromMilliseconds(250), Shrinking = TimeSpan.Zero });
            Assert.False(report.Passed, $"{twin} {exhibit.Defect}, and {engine} did not see it: {report.Verdict}");
            TestContext.Current.TestOutputHelper?.WriteLine($"{report.Verdict}\n{report.Counterexample!.Explain("")}\n{report.Elapsed.TotalSeconds:F2} s");
        }
    }

    /// <summary>Rounds of a loop that are taken in one go are no events, so that steps under the same lock seem to race with those before them. This
    /// seed once ended in "the body does not repeat itself".</summary>
    [Theory, InlineData(1002ul)]
    public void is_searched_where_a_loop_takes_a_lock_in_every_round(ulong seed) => Assert.False(Engine.Interleavings.Run(
        typeof(DoorThatWakesOne), new(seed) { Budget = TimeSpan.FromSeconds(20), Shrinking = TimeSpan.Zero }).Passed);

    [Fact]
    public void has_a_twin_for_every_engine() => Assert.Empty(
        Engine.All.Select(engine => engine.Name).Except(Gallery.Exhibits.Select(exhibit => exhibit.CaughtBy.Name)));

    [Fact]
    public void has_no_twin_that_bears_the_name_of_a_proven_thing() => Assert.Empty(
        Catalog.Contracts.Select(contract => contract.Name).Intersect(Gallery.Exhibits.Select(exhibit => exhibit.Name)));
}
