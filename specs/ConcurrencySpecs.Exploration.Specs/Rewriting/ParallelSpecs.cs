using ConcurrencySpecs.Exploration;

/// <summary>The platform's own Parallel, rewritten with the program.</summary>
public sealed class A_parallel_loop_under_exploration
{
    private static readonly ParallelOptions _two = new() { MaxDegreeOfParallelism = 2 };

    [Fact]
    public void runs_every_action() => Exhausts(() =>
    {
        int done = 0;
        Parallel.Invoke(() => Interlocked.Increment(ref done), () => Interlocked.Increment(ref done));
        Assert.Equal(2, done);
    });

    [Fact]
    public void runs_every_iteration() => Exhausts(() =>
    {
        int sum = 0;
        Assert.True(Parallel.ForEach(Enumerable.Range(1, 2), _two, item => Interlocked.Add(ref sum, item)).IsCompleted);
        Assert.Equal(3, sum);
    });

    [Fact]
    public void without_a_limit_has_the_threads_of_two_processors()
    {
        ExplorationResult one = Explore.Every(() => Parallel.For(0, 1, i => { })), two = Explore.Every(() =>
        {
            int sum = 0;
            Parallel.For(0, 2, i => Interlocked.Add(ref sum, i));
            Assert.Equal(1, sum);
        });
        Assert.True(one.Exhausted && two.Exhausted && one.Schedules > 1);
        Finds("Assert.Equal", () =>
        {
            int sum = 0;
            Parallel.ForEach((int[])[1, 2], item => sum += item);
            Assert.Equal(3, sum);
        });
    }

    [Fact]
    public void with_a_limit_above_two_has_more_threads() => Assert.Contains("three", Assert.Throws<ExplorationFailedException>(() => Explore.Sample(() =>
    {
        int inside = 0;
        Parallel.For(0, 3, new ParallelOptions { MaxDegreeOfParallelism = 3 }, i =>
        {
            if (Interlocked.Increment(ref inside) == 3) throw new InvalidOperationException("three");
            Interlocked.Decrement(ref inside);
        });
    }, new() { Schedules = 2000 })).ToString(), StringComparison.Ordinal);

    [Fact]
    public void awaits_every_iteration() => Exhausts(async () =>
    {
        int sum = 0;
        await Parallel.ForAsync(0, 2, async (i, stop) =>
        {
            await Task.Yield();
            Interlocked.Add(ref sum, i);
        });
        Assert.Equal(1, sum);
    });

    [Fact]
    public void awaits_every_item() => Exhausts(async () =>
    {
        int sum = 0;
        await Parallel.ForEachAsync(Enumerable.Range(1, 2), _two, (item, stop) =>
        {
            Interlocked.Add(ref sum, item);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(3, sum);
    });

    [Theory, InlineData(1, true), InlineData(2, true), InlineData(1, false), InlineData(2, false)]
    public void awaits_every_item_of_an_asynchronous_stream(int items, bool limited) => Exhausts(async () =>
    {
        int sum = 0;
        Func<int, CancellationToken, ValueTask> add = (item, stop) =>
        {
            Interlocked.Add(ref sum, item);
            return ValueTask.CompletedTask;
        };
        await (limited ? Parallel.ForEachAsync(Numbers(items), _two, add) : Parallel.ForEachAsync(Numbers(items), add));
        Assert.Equal(items * (items + 1) / 2, sum);

        static async IAsyncEnumerable<int> Numbers(int count)
        {
            for (int i = 1; i <= count; i++)
            {
                await Task.CompletedTask;
                yield return i;
            }
        }
    });

    [Fact]
    public void awaits_an_asynchronous_stream_that_suspends() => Exhausts(async () =>
    {
        int sum = 0;
        await Parallel.ForEachAsync(Numbers(), _two, async (item, stop) =>
        {
            await Task.Yield();
            Interlocked.Add(ref sum, item);
        });
        Assert.Equal(1, sum);

        static async IAsyncEnumerable<int> Numbers()
        {
            await Task.Yield();
            yield return 1;
        }
    });

    [Fact]
    public void is_cancelled_or_runs_to_its_end() => Exhausts(() =>
    {
        using var cancel = new CancellationTokenSource();
        Task cancelling = Task.Run(cancel.Cancel);
        int done = 0;
        try
        {
            Parallel.ForEach(Enumerable.Range(1, 1), new ParallelOptions { CancellationToken = cancel.Token, MaxDegreeOfParallelism = 1 }, item => done += item);
            Assert.Equal(1, done);
        }
        catch (OperationCanceledException)
        {
            Assert.True(cancel.IsCancellationRequested);
        }

        cancelling.Wait();
    });

    [Fact]
    public void that_loses_an_update_is_found() => Finds("Assert.Equal", () =>
    {
        int sum = 0;
        Parallel.ForEach(Enumerable.Range(1, 2), _two, item => sum += item);
        Assert.Equal(3, sum);
    });

    [Fact]
    public void that_loses_an_update_in_an_async_body_is_found() => Finds("Assert.Equal", async () =>
    {
        int sum = 0;
        await Parallel.ForAsync(0, 2, async (i, stop) =>
        {
            int seen = sum;
            await Task.Yield();
            sum = seen + 1;
        });
        Assert.Equal(2, sum);
    });

    private static void Exhausts(Action body) => Assert.True(Explore.Every(body).Exhausted);

    private static void Exhausts(Func<Task> body) => Assert.True(Explore.Every(body).Exhausted);

    private static void Finds(string what, Action body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString(), StringComparison.Ordinal);

    private static void Finds(string what, Func<Task> body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString(), StringComparison.Ordinal);
}
