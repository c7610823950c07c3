using ConcurrencySpecs.Exploration;

/// <summary>Async programs as a user writes them, rewritten in memory.</summary>
public sealed class An_await_under_exploration
{
    [Fact]
    public void resumes_after_its_task() => Exhausts(async () =>
    {
        int seen = await Task.Run(() => 7);
        Assert.Equal(7, seen);
    });

    [Fact]
    public void resumes_after_its_task_without_the_context_too() => Exhausts(async () =>
    {
        int seen = await Task.Run(async () =>
        {
            await Task.Yield();
            return 7;
        }).ConfigureAwait(false);
        Assert.Equal(7, seen);
    });

    [Fact]
    public void lets_another_task_in_between() => Finds("InvalidOperationException", async () =>
    {
        int count = 0;
        async Task Add()
        {
            int seen = count;
            await Task.Yield();
            count = seen + 1;
        }
        await Task.WhenAll(Task.Run(Add), Task.Run(Add));
        if (count != 2) throw new InvalidOperationException("lost");
    });

    [Fact]
    public void holds_an_asynchronous_lock() => Exhausts(async () =>
    {
        var gate = new SemaphoreSlim(1);
        int count = 0;
        async Task Add()
        {
            await gate.WaitAsync();
            try
            {
                int seen = count;
                await Task.Yield();
                count = seen + 1;
            }
            finally
            {
                gate.Release();
            }
        }
        await Task.WhenAll(Task.Run(Add), Task.Run(Add));
        Assert.Equal(2, count);
    });

    [Fact]
    public void runs_the_continuation_inside_the_call_that_completes_its_task() => Finds("InvalidOperationException", async () =>
    {
        var source = new TaskCompletionSource();
        object gate = new();
        bool inside = false;
        async Task Follow()
        {
            await source.Task;
            if (Monitor.IsEntered(gate)) inside = true;
        }
        Task follow = Follow();
        lock (gate) source.SetResult();
        await follow;
        if (inside) throw new InvalidOperationException("ran under the lock of the one who completed it");
    });

    [Fact]
    public void runs_it_elsewhere_when_continuations_are_asynchronous() => Exhausts(async () =>
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        object gate = new();
        async Task Follow()
        {
            await source.Task;
            Assert.False(Monitor.IsEntered(gate));
        }
        Task follow = Follow();
        lock (gate) source.SetResult();
        await follow;
    });

    [Fact]
    public void ends_by_cancellation_or_by_result() => Exhausts(async () =>
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(2), source.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.True(source.IsCancellationRequested);
        }
    });

    [Fact]
    public void takes_value_tasks_and_async_streams() => Exhausts(async () =>
    {
        static async IAsyncEnumerable<int> Count()
        {
            for (int i = 0; i < 2; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
        async ValueTask<int> Sum()
        {
            int sum = 0;
            await foreach (int i in Count()) sum += i;
            return sum;
        }
        Assert.Equal(1, await Sum());
    });

    [Fact]
    public void that_blocks_for_its_own_continuation_is_found() => Finds("Deadlock", () =>
    {
        var source = new TaskCompletionSource<int>();
        async Task<int> Half() => await source.Task / 2;
        Task<int> half = Half();
        half.Wait();
        source.SetResult(4);
    });

    [Fact]
    public void gives_up_after_a_time_out_or_gets_its_result() => Exhausts(async () =>
    {
        Task<int> work = Task.Run(() => 3);
        try
        {
            Assert.Equal(3, await work.WaitAsync(TimeSpan.FromSeconds(1)));
        }
        catch (TimeoutException)
        {
            Assert.Equal(3, await work);
        }
    });

    private static void Exhausts(Func<Task> body) => Assert.True(Explore.Every(body).Exhausted);

    private static void Finds(string what, Func<Task> body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => Explore.Every(body)).ToString(), StringComparison.Ordinal);

    private static void Finds(string what, Action body) => Finds(what, () =>
    {
        body();
        return Task.CompletedTask;
    });
}
