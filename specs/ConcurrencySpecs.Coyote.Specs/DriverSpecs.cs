using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Coyote;

public sealed class A_coyote_driver
{
    public static TheoryData<string> Strategies => [.. CoyoteDriver.All().Select(driver => driver.Name)];

    [Theory, MemberData(nameof(Strategies))]
    public void finds_a_lost_update(string strategy)
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Sample(SellTwice, Under(strategy)));
        Assert.Contains("seats", failed.StackTrace, StringComparison.Ordinal);           // our columns, with names and lines
        Assert.Contains("DriverSpecs.cs:", failed.StackTrace, StringComparison.Ordinal);
        Assert.Contains("-p:Coyote=true --filter-method", failed.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("Op(", failed.StackTrace, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void finds_a_deadlock_and_names_the_locks(string strategy)
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Sample(LockCrosswise, Under(strategy)));
        Assert.StartsWith("Deadlock: main, thread 1 and thread 2 wait", failed.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void accuses_nobody_who_waits_awaits_or_has_time_outs(string strategy)
    {
        ExplorationResult result = Explore.Sample(Busy, Under(strategy, 150));
        Assert.Equal(150, result.Schedules);

        static async Task Busy()
        {
            using var semaphore = new SemaphoreSlim(0);
            using var barrier = new Barrier(2);
            var gate = new Lock();
            int sum = 0;
            Task first = Task.Run(async () =>
            {
                _ = await semaphore.WaitAsync(50);
                lock (gate) sum++;
                barrier.SignalAndWait(10);
            });
            Task second = Task.Run(() =>
            {
                lock (gate) sum++;
                semaphore.Release();
                barrier.SignalAndWait(10);
            });
            await Task.WhenAll(first, second);
            Assert.Equal(2, sum);
        }
    }

    [Fact]
    public void finds_what_the_explorer_replays_without_it()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Sample(SellTwice, Under("Coyote random")));
        var again = Assert.Throws<ExplorationFailedException>(() => Explore.Replay(failed.Result.Counterexample!.Schedule, SellTwice));
        Assert.Equal(failed.Result.Counterexample!.Explanation, again.Result.Counterexample!.Explanation);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void leaves_a_trace_that_coyote_replays(string strategy)
    {
        ExplorationOptions options = Under(strategy);
        var driver = (CoyoteDriver)options.Driver!;
        Assert.Null(driver.Trace);
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Sample(LockCrosswise, options));
        var again = Assert.Throws<ExplorationFailedException>(
            () => Explore.Sample(LockCrosswise, options with { Driver = CoyoteDriver.Replay(driver.Trace!) }));
        Assert.Equal((1, failed.Result.Counterexample!.Verdict), (again.Result.Schedules, again.Result.Counterexample!.Verdict));
    }

    [Fact]
    public void refuses_the_trace_of_another_body()
    {
        ExplorationOptions options = Under("Coyote random");
        Assert.Throws<ExplorationFailedException>(() => Explore.Sample(LockCrosswise, options));
        string trace = ((CoyoteDriver)options.Driver!).Trace!;
        var refused = Assert.Throws<InvalidOperationException>(() => Explore.Sample(() => { }, options with { Driver = CoyoteDriver.Replay(trace) }));
        Assert.Contains("does not fit this body", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void spreads_neighbouring_seeds()
    {
        string[] orders = [.. Enumerable.Range(1, 8).Select(seed => Orders((ulong)seed))];
        Assert.Equal(orders.Length, orders.Distinct().Count());
        Assert.Equal(orders[0], Orders(1));

        static string Orders(ulong seed)
        {
            var orders = new List<string>();
            var options = new ExplorationOptions { Driver = CoyoteDriver.RandomWalk(), Seed = seed, Schedules = 12 };
            using var host = TwinHost.For(typeof(A_coyote_driver), options);
            var order = new List<int>();
            host.Sample(() =>
            {
                order.Clear();
                TwinHost.Together([.. Enumerable.Range(0, 4).Select(thread => (Action)(() => order.Add(thread)))]);
                orders.Add(string.Concat(order));
            });
            return string.Join(' ', orders);
        }
    }

    private static ExplorationOptions Under(string strategy, long schedules = 2_000) =>
        new() { Driver = CoyoteDriver.All().First(driver => driver.Name == strategy), Schedules = schedules };

    private static void SellTwice()
    {
        int seats = 2;
        Task first = Task.Run(() => seats--), second = Task.Run(() => seats--);
        Task.WaitAll(first, second);
        Assert.Equal(0, seats);
    }

    private static void LockCrosswise()
    {
        object left = new(), right = new();
        var first = new Thread(() => Both(left, right));
        var second = new Thread(() => Both(right, left));
        first.Start();
        second.Start();
        first.Join();
        second.Join();

        static void Both(object one, object other)
        {
            lock (one)
                lock (other) { }
        }
    }
}
