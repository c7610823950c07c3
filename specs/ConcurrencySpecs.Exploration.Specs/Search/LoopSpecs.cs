using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class A_loop_that_waits
{
    [Fact]
    public void is_covered_when_only_a_change_ends_it()
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var flag = new Cell();
            Run.Together(() => { while (flag.VolatileRead() == 0) { } }, () => flag.VolatileWrite(1));
        });
        Assert.True(result.Exhausted, result.StoppedBy);
        Assert.Null(result.Failure);
    }

    [Fact]
    public void is_covered_with_a_yield_in_every_nth_round()
    {
        foreach (int nth in (int[])[2, 7, 150])
        {
            SearchResult result = Run.Under(new Dpor(), () =>
            {
                var flag = new Cell();
                Run.Together(
                    () =>
                    {
                        for (int round = 1; flag.VolatileRead() == 0; round++)
                            if (round % nth == 0) Execution.Current!.Step(StepKind.Yield);
                    },
                    () => flag.VolatileWrite(1));
            });
            Assert.True(result.Exhausted, result.StoppedBy);
            Assert.Null(result.Failure);
        }
    }

    [Fact]
    public void of_yields_alone_is_a_livelock()
    {
        SearchResult result = Run.Under(new Dpor(), () => Run.Together(() => { while (true) Execution.Current!.Step(StepKind.Yield); }));
        Assert.Equal(Outcome.Livelock, result.Failure?.Outcome);
    }

    [Fact]
    public void is_noticed_whatever_others_do_to_what_was_looked_at_before_it()
    {
        using var explorer = new Explorer();
        SearchResult result = explorer.Run(() =>
        {
            var never = new Cell();
            var semaphore = new TestSemaphore(0);
            Run.Together(
                () =>
                {
                    semaphore.Release();
                    while (never.VolatileRead() == 0) { }
                },
                () => semaphore.Release());
        }, new Naive(), new SearchBounds { PastFailures = true, Steps = 20_000, Schedules = 300 });
        Assert.Equal(Outcome.Livelock, result.Failure?.Outcome);
        Assert.True(result.Exhausted, result.StoppedBy);
    }

    [Fact]
    public void is_named_instead_of_covered_when_it_ends_by_itself()
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var flag = new Cell();
            Run.Together(() => { for (int i = 0; i < 20 && flag.VolatileRead() == 0; i++) { } }, () => flag.VolatileWrite(1));
        });
        Assert.False(result.Exhausted);
        Assert.StartsWith("the loop at ", result.StoppedBy, StringComparison.Ordinal);
    }

    [Fact]
    public void that_gives_up_meets_what_others_do_after_it()
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            Cell ready = new(), parked = new();
            bool slept = false;
            Run.Together(
                () =>
                {
                    for (int i = 0; i < 10; i++)
                        if (ready.VolatileRead() == 1) return;
                    parked.VolatileWrite(1);
                    slept = ready.VolatileRead() == 0;
                },
                () =>
                {
                    if (parked.VolatileRead() == 0) ready.VolatileWrite(1);
                });
            if (slept && ready.Peek == 1) throw new InvalidOperationException("parked although it was told to go");
        });
        Assert.Equal(Outcome.Threw, result.Failure?.Outcome);
    }

    [Fact]
    public void of_few_rounds_is_steps_like_others()
    {
        var sums = new HashSet<int>();
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var cell = new Cell();
            int sum = 0;
            Run.Together(() => { for (int i = 0; i < 3; i++) sum += cell.Read(); }, () => cell.Write(1));
            sums.Add(sum);
        });
        Assert.True(result.Exhausted, result.StoppedBy);
        Assert.Equal([0, 1, 2, 3], sums.Order());
    }

    [Theory, InlineData(1), InlineData(3)]
    public void for_nothing_is_a_livelock_at_once(int threads)
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var never = new Cell();
            Run.Together([.. Enumerable.Repeat<Action>(() => { while (never.VolatileRead() == 0) { } }, threads)]);
        });
        Assert.Equal(Outcome.Livelock, result.Failure?.Outcome);
        Assert.Equal(1, result.Schedules);
    }
}

public sealed class A_bounded_search
{
    [Fact]
    public void is_not_exhausted_when_it_was_stopped()
    {
        foreach (SearchBounds bounds in new[]
        {
            new SearchBounds { Schedules = 63 }, new SearchBounds { Time = TimeSpan.Zero }, new SearchBounds { Steps = 20 },
        })
        {
            using var explorer = new Explorer();
            SearchResult result = explorer.Run(() => Published.LastZero(5), new Dpor(), bounds);
            Assert.False(result.Exhausted);
            Assert.StartsWith("the bound of ", result.StoppedBy, StringComparison.Ordinal);
        }
    }
}
