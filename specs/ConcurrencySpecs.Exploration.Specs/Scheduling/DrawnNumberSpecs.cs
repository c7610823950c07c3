using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;
using ConcurrencySpecs.Exploration.Twins;

public sealed class What_a_program_draws
{
    [Fact]
    public void belongs_to_the_schedule_where_the_strategy_chooses_it()
    {
        using var explorer = new Explorer();
        SearchResult found = explorer.Run(Guess, new Choosing(), new SearchBounds { Schedules = 5_000 });
        Assert.Equal("main threw InvalidOperationException: 70000 and 3", found.Failure?.Message);
        Explained told = new Explainer(explorer, Guess).Explain(found);
        Assert.StartsWith("x2.", told.Replay, StringComparison.Ordinal);
        Assert.Equal(told.Text, new Explainer(explorer, Guess).Replay(told.Replay).Text);
    }

    [Fact]
    public void is_written_into_the_word_for_it()
    {
        var schedule = new Schedule([new(1, 2, 3)], [-1, 0, 0, 1]) { Draws = [new(3, 255), new(1, 0)] };
        (Schedule read, uint fingerprint) = ReplayString.Read(ReplayString.Write(schedule, 77));
        Assert.Equal(schedule.Deviations, read.Deviations);
        Assert.Equal(schedule.Parents, read.Parents);
        Assert.Equal(schedule.Draws, read.Draws);
        Assert.Equal(77u, fingerprint);
    }

    private static void Guess()
    {
        int wide = 0, small = 0;
        Run.Together(() => wide = RandomCalls.New().Next(69_990, 70_010), () => small = RandomCalls.get_Shared().Next(4));
        if (wide == 70_000 && small == 3) throw new InvalidOperationException($"{wide} and {small}");
    }

    /// <summary>A random walk that chooses numbers too.</summary>
    private sealed class Choosing : Strategy
    {
        private readonly RandomWalk _walk = new(1);
        private SplitMix _numbers = new(2);

        public override bool ChoosesNumbers => true;

        public override bool WantsNumbers => false;

        public override bool Begin(Execution execution) => _walk.Begin(execution);

        public override int Choose(Execution execution, int current, ulong candidates, ulong enabled) => _walk.Choose(execution, current, candidates, enabled);

        public override int Draw(Execution execution, int ways) => (int)(_numbers.Next() % (ulong)ways);

        public override void Undo() => _walk.Undo();
    }
}
