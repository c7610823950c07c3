using ConcurrencySpecs.Exploration;

public sealed class Exploring_every_schedule
{
    [Fact]
    public void finds_the_seat_that_is_sold_twice()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            var desk = new TicketDesk(seats: 1);
            Task<bool> first = Task.Run(desk.TrySell), second = Task.Run(desk.TrySell);
            Task.WaitAll(first, second);
            Assert.True(first.Result ^ second.Result);
        }));
        Assert.Contains("Assert.True", failed.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Message);
        Assert.StartsWith("\n", failed.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void exhausts_code_that_is_correct()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var desk = new TicketDesk(seats: 1);
            Task<bool> first = Task.Run(desk.SellSafely), second = Task.Run(desk.SellSafely);
            Task.WaitAll(first, second);
            Assert.True(first.Result ^ second.Result);
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.True(result.Schedules >= 2);
        Assert.Null(result.StoppedBy);
    }

    [Fact]
    public void exhausts_code_that_awaits()
    {
        int seats = 1;
        ExplorationResult result = Explore.Every(async () =>
        {
            var desk = new TicketDesk(seats);
            Task<bool> first = Task.Run(async () => { await Task.Yield(); return desk.SellSafely(); });
            Task<bool> second = Task.Run(desk.SellSafely);
            Assert.True(await first ^ await second);
        });
        Assert.True(result.Exhausted, result.ToString());
    }

    [Fact]
    public void refuses_shared_code_that_awaits_by_name()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(async () =>
            await Assert.ThrowsAsync<SoldOutException>(async () =>
            {
                await Task.Yield();
                throw new SoldOutException();
            })));
        Assert.Contains("Assert.ThrowsAsync", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void explores_threads()
    {
        var seen = new Tally<(bool, bool)>();
        ExplorationResult result = Explore.Every(() =>
        {
            var desk = new TicketDesk(1);
            bool first = false, second = false;
            var one = new Thread(() => first = desk.SellSafely());
            var other = new Thread(() => second = desk.SellSafely());
            one.Start();
            other.Start();
            one.Join();
            other.Join();
            seen.Add((first, second));
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.Equal([(false, true), (true, false)], seen.Values.Order());
    }

    [Theory]
    [InlineData(3, 60_000, 100_000, "the bound of 3 schedules"), InlineData(0, 1, 100_000, "the bound of 0 s"), InlineData(0, 60_000, 3, "the bound of 3 steps")]
    public void fails_at_a_bound_and_says_which(long schedules, int milliseconds, int steps, string bound)
    {
        var options = new ExplorationOptions { Schedules = schedules, Time = TimeSpan.FromMilliseconds(milliseconds), Steps = steps };
        var incomplete = Assert.Throws<ExplorationIncompleteException>(() => { Explore.Every(Large, options); });
        Assert.False(incomplete.Result.Exhausted);
        Assert.Equal(bound, incomplete.Result.StoppedBy);
        Assert.StartsWith($"Not every schedule: {bound} ended the exploration after ", incomplete.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void fails_at_a_loop_that_ends_by_itself_unless_more_of_its_rounds_are_told_apart()
    {
        Action polls = () =>
        {
            Task other = Task.Run(() => Volatile.Write(ref _runs, 1));
            for (int i = 0; i < 6; i++) _ = Volatile.Read(ref _runs);
            other.Wait();
        };
        Assert.Contains("the loop at ExploreSpecs.cs:", Assert.Throws<ExplorationIncompleteException>(() => { Explore.Every(polls); }).Message, StringComparison.Ordinal);
        Assert.True(Explore.Every(polls, new() { Rounds = 10 }).Exhausted);
    }

    [Fact]
    public void ends_at_a_bound_when_that_is_accepted_by_name()
    {
        ExplorationResult result = Explore.Every(Racing, new ExplorationOptions { Schedules = 3, MayEndAtBound = true });
        Assert.False(result.Exhausted);
        Assert.Equal(3, result.Schedules);
        Assert.Contains("3 schedules", result.StoppedBy, StringComparison.Ordinal);
        Assert.StartsWith("not exhausted: ", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_an_exploration_inside_an_exploration()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() => { Explore.Every(() => { }); }));
        Assert.Contains("an exploration inside an exploration", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void lets_a_skipped_fact_be_skipped()
    {
        try
        {
            Explore.Every(() => Assert.Skip("later"));
        }
        catch (Exception skipped)      // Assert.Throws would let it pass, as it should
        {
            Assert.Contains("later", skipped.Message, StringComparison.Ordinal);
            Assert.IsNotType<ExplorationFailedException>(skipped);
            return;
        }

        Assert.Fail("The skip did not arrive.");
    }

    [Fact]
    public void reports_an_exception_of_the_code_under_test_as_text()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            Assert.Throws<SoldOutException>(void () => throw new SoldOutException());
            throw new SoldOutException();
        }));
        Assert.Contains(nameof(SoldOutException), failed.Message, StringComparison.Ordinal);
        Assert.Null(failed.InnerException);
    }

    [Fact]
    public void keeps_the_context_of_the_test()
    {
        ITestOutputHelper? output = TestContext.Current.TestOutputHelper;
        string? name = TestContext.Current.Test?.TestDisplayName;
        SynchronizationContext? before = SynchronizationContext.Current;
        Explore.Every(() =>
        {
            output?.WriteLine("from the body");
            Task.Run(() => Assert.Equal(name, TestContext.Current.Test?.TestDisplayName)).Wait();
        });
        Assert.Same(before, SynchronizationContext.Current);
    }

    [Fact]
    public async Task runs_from_an_async_fact_between_awaits()
    {
        for (int i = 0; i < 2; i++)
        {
            int round = i;
            await Task.Yield();
            Assert.True(Explore.Every(() => Assert.InRange(round, 0, 1)).Exhausted);
        }
    }

    [Fact]
    public void takes_method_groups_and_local_functions()
    {
        int seats = 3;
        Explore.Every(Nothing);
        Explore.Every(Local);

        void Local() => Assert.Equal(3, seats);
    }

    [Fact]
    public void runs_beside_other_explorations_each_with_its_own_statics()
    {
        var results = new ExplorationResult[4];
        Thread[] threads = [.. Enumerable.Range(0, results.Length).Select(i => new Thread(() => results[i] = Explore.Every(Racing)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.All(results, result => Assert.True(result.Exhausted));
        Assert.Single(results.Select(result => result.Schedules).Distinct());
    }

    [Fact]
    public void samples_when_asked_to_and_then_claims_no_exhaustion()
    {
        ExplorationResult result = Explore.Sample(Racing, new ExplorationOptions { Schedules = 100 });
        Assert.Equal((100, false), (result.Schedules, result.Exhausted));
    }

    [Fact]
    public void within_a_bound_on_preemptions_claims_no_exhaustion_if_the_bound_left_any_out()
    {
        ExplorationResult bounded = Explore.Every(Racing, new ExplorationOptions { Preemptions = 0 });
        ExplorationResult wide = Explore.Every(Racing, new ExplorationOptions { Preemptions = 99 });
        Assert.False(bounded.Exhausted);
        Assert.True(wide.Exhausted, wide.ToString());
        Assert.True(bounded.Schedules < wide.Schedules);
    }

    [Fact]
    public void fails_on_a_data_race_alone_when_asked_to()
    {
        Action body = () =>
        {
            int[] cell = [0];
            Task.WaitAll(Task.Run(() => cell[0] = 1), Task.Run(() => cell[0] = 2));
        };
        Assert.True(Explore.Every(body).Exhausted);
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(body, new ExplorationOptions { Races = true }));
        Assert.Contains("Data race", failed.Message, StringComparison.Ordinal);
        Assert.Contains("ExploreSpecs.cs:", failed.Message, StringComparison.Ordinal);
        Assert.True(Explore.Every(Guarded, new ExplorationOptions { Races = true }).Exhausted);
    }

    [Theory]
    [InlineData("500", 500, 0), InlineData("30s", 0, 30), InlineData("5m", 0, 300)]
    public void takes_its_budget_from_the_environment(string text, long schedules, int seconds)
    {
        ExplorationOptions options = EnvironmentSettings.WithBudget(ExplorationOptions.Default, text);
        Assert.Equal((schedules, TimeSpan.FromSeconds(seconds)), (options.Schedules, options.Time));
    }

    [Fact]
    public void takes_any_seed_that_an_engine_prints()
    {
        ExplorationOptions options = EnvironmentSettings.WithSeed(ExplorationOptions.Default, "12100345000331313590");
        Assert.Equal(12100345000331313590, options.Seed);
        Assert.True(Explore.Sample(Racing, options with { Schedules = 5 }).Schedules == 5);
    }

    [Fact]
    public void prints_the_seed_of_a_sample_that_fails()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => { Explore.Sample(() => Assert.Fail("as it should"), new() { Seed = 7 }); });
        Assert.EndsWith("(schedule 1, seed 7)", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_a_budget_that_is_none() =>
        Assert.Contains("\"soon\"", Assert.Throws<ExplorationRefusedException>(() => EnvironmentSettings.WithBudget(ExplorationOptions.Default, "soon"))
            .Message, StringComparison.Ordinal);

    [Fact] public void needs_a_body() => Assert.Throws<ArgumentNullException>(() => Explore.Every((Action)null!));

    private static void Nothing() { }

    private static void Guarded()
    {
        var desk = new TicketDesk(5);
        Task.WaitAll(Task.Run(desk.SellSafely), Task.Run(desk.SellSafely));
    }

    private static void Large() => Task.WaitAll([.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
    {
        for (int i = 0; i < 4; i++) _runs++;
    }))]);

    private static int _runs;

    private static void Racing()
    {
        Assert.Equal(0, _runs);
        var desk = new TicketDesk(5);
        Task.WaitAll(Task.Run(desk.TrySell), Task.Run(desk.TrySell));
        _runs++;
    }

    private sealed class SoldOutException : Exception;

    private sealed class TicketDesk(int seats)
    {
        private readonly Lock _gate = new();
        private int _left = seats;

        public bool TrySell()
        {
            if (_left == 0) return false;
            _left--;
            return true;
        }

        public bool SellSafely()
        {
            lock (_gate) return TrySell();
        }
    }
}
