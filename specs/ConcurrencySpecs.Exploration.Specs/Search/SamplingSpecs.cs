using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class Sampling_strategies
{
    private static Strategy[] All(ulong seed) =>
        [new RandomWalk(seed), new Pct(seed, 2), new Pct(seed, 3), new Pos(seed), new Surw(seed), new Portfolio(seed)];

    [Fact]
    public void find_a_lost_update()
    {
        foreach (Strategy strategy in All(1)) Assert.NotNull(Run.Under(strategy, LostUpdate, 1000).Failure);
    }

    [Fact]
    public void see_every_order_of_three_increments()
    {
        foreach (Strategy strategy in All(2))
        {
            var orders = new HashSet<string>();
            var order = new List<int>();
            SearchResult result = Run.Under(strategy, () =>
            {
                order.Clear();
                var cell = new Cell();
                Run.Together(() => Add(1), () => Add(2), () => Add(3));
                void Add(int id)
                {
                    cell.Add(id);
                    order.Add(id);
                }
            }, 500, after: _ => orders.Add(string.Join(' ', order)));
            Assert.Null(result.Failure);
            Assert.Equal(6, orders.Count);
        }
    }

    [Fact]
    public void give_the_same_schedules_for_the_same_seed_and_others_for_the_next()
    {
        for (int i = 0; i < All(0).Length; i++)
        {
            List<string> first = Schedules(All(41)[i]), again = Schedules(All(41)[i]), next = Schedules(All(42)[i]);
            Assert.Equal(first, again);
            int alike = first.Zip(next).Count(pair => pair.First == pair.Second);
            Assert.True(alike < first.Count / 2, $"{All(0)[i].GetType().Name}: {alike} of {first.Count} alike");
        }
    }

    [Fact]
    public void never_claim_to_have_exhausted()
    {
        foreach (Strategy strategy in All(3))
        {
            SearchResult result = Run.Under(strategy, () => { }, 10);
            Assert.False(result.Exhausted);
            Assert.Equal("the bound of 10 schedules", result.StoppedBy);
        }
    }

    [Fact]
    public void find_reorder_20_within_the_default_portfolio()
    {
        SearchResult result = Run.Under(new Portfolio(1), () =>
        {
            Cell a = new(), b = new();
            Action setter = () => { a.Write(1); b.Write(-1); };
            Action checker = () =>
            {
                int x = a.Read(), y = b.Read();
                if (!((x == 0 && y == 0) || (x == 1 && y == -1))) throw new InvalidOperationException($"a {x}, b {y}");
            };
            Run.Together([.. Enumerable.Repeat(setter, 19), checker]);
        });
        Assert.Equal(Outcome.Threw, result.Failure?.Outcome);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(20), $"{result.Elapsed}, {result.Schedules} schedules");
    }

    [Fact]
    public void find_two_stage_20_within_the_default_portfolio()
    {
        SearchResult result = Run.Under(new Portfolio(1), () =>
        {
            Cell first = new(), second = new();
            TestMutex one = new(), two = new();
            Action writer = () =>
            {
                one.Enter();
                first.Write(1);
                one.Exit();
                two.Enter();
                second.Write(first.Read() + 1);
                two.Exit();
            };
            Action reader = () =>
            {
                one.Enter();
                int x = first.Read();
                one.Exit();
                if (x == 0) return;
                two.Enter();
                int y = second.Read();
                two.Exit();
                if (y != x + 1) throw new InvalidOperationException($"{x} then {y}");
            };
            Run.Together([.. Enumerable.Repeat(writer, 19), reader]);
        });
        Assert.Equal(Outcome.Threw, result.Failure?.Outcome);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(20), $"{result.Elapsed}, {result.Schedules} schedules");
    }

    private static List<string> Schedules(Strategy strategy)
    {
        var schedules = new List<string>();
        using var explorer = new Explorer();
        explorer.After = _ => schedules.Add(ReplayString.Write(explorer.Execution.Schedule(), 0));
        explorer.Run(() =>
        {
            var cell = new Cell();
            Run.Together([.. Enumerable.Repeat<Action>(() => { for (int i = 0; i < 4; i++) cell.Add(1); }, 4)]);
        }, strategy, new SearchBounds { Schedules = 50 });
        return schedules;
    }

    private static void LostUpdate()
    {
        var cell = new Cell();
        Run.Together(Increment, Increment);
        void Increment() => cell.Write(cell.Read() + 1);
        if (cell.Peek != 2) throw new InvalidOperationException("lost");
    }
}

public sealed class A_preemption_bound
{
    [Fact]
    public void limits_naive_enumeration_and_is_never_called_exhausted()
    {
        SearchResult none = Run.Under(new Naive(0), () => Published.Increments(3)), one = Run.Under(new Naive(1), () => Published.Increments(3));
        SearchResult all = Run.Under(new Naive(), () => Published.Increments(3));
        Assert.True(none.Schedules < one.Schedules && one.Schedules < all.Schedules, $"{none.Schedules} {one.Schedules} {all.Schedules}");
        Assert.Equal((false, false, true), (none.Exhausted, one.Exhausted, all.Exhausted));
    }
}
