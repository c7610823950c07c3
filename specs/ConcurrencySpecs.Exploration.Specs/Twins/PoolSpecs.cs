using System.Collections.Concurrent;
using ConcurrencySpecs.Exploration;

/// <summary>Thread pool, task factories, timers and collections with time-outs and cancellation, as a user writes them.</summary>
public sealed class Work_cut_short_under_exploration
{
    [Fact]
    public void on_the_thread_pool_is_done_in_time_or_too_late() => Exhausts(() =>
    {
        using var done = new ManualResetEventSlim();
        int result = 0;
        ThreadPool.QueueUserWorkItem(_ =>
        {
            Volatile.Write(ref result, 7);
            done.Set();
        });
        if (done.Wait(10)) Assert.Equal(7, Volatile.Read(ref result));
        else done.Wait();
    });

    [Fact]
    public void on_the_thread_pool_heeds_a_token() => Exhausts(() =>
    {
        using var cancel = new CancellationTokenSource();
        using var done = new ManualResetEventSlim();
        CancellationToken token = cancel.Token;
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            while (!token.IsCancellationRequested) Thread.Yield();
            done.Set();
        }, null);
        cancel.Cancel();
        done.Wait();
    });

    [Fact]
    public void on_the_thread_pool_that_forgets_to_tell_is_found() => Finds("Deadlock", () =>
    {
        using var done = new ManualResetEventSlim();
        bool first = true;
        ThreadPool.QueueUserWorkItem(_ =>
        {
            if (first) done.Set();
        });
        first = false;
        done.Wait();
    });

    [Fact]
    public void of_a_task_factory_starts_or_is_cancelled_before() => Exhausts(() =>
    {
        using var cancel = new CancellationTokenSource();
        Task cancelling = Task.Run(cancel.Cancel);
        bool ran = false;
        Task work = Task.Factory.StartNew(() => ran = true, cancel.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            work.Wait();
        }
        catch (AggregateException failed) when (failed.InnerException is OperationCanceledException)
        {
            Assert.True(work.IsCanceled);
        }

        cancelling.Wait();
        Assert.Equal(ran, !work.IsCanceled);
    });

    [Fact]
    public void of_a_task_factory_is_awaited_with_a_time_out() => Exhausts(() =>
    {
        Task<int> work = new TaskFactory<int>().StartNew(() => 7);
        if (work.Wait(TimeSpan.FromSeconds(1))) Assert.Equal(7, work.Result);
        work.Wait();
    });

    [Fact]
    public void of_a_task_factory_that_follows_the_first_only_is_found() => Finds("Assert.Equal", () =>
    {
        int done = 0;
        Task[] work = [Task.Factory.StartNew(() => Interlocked.Increment(ref done)), Task.Factory.StartNew(() => Interlocked.Increment(ref done))];
        Task.Factory.ContinueWhenAny(work, _ => Assert.Equal(2, Volatile.Read(ref done))).Wait();
    });

    [Fact]
    public void between_the_ticks_of_a_timer_ends_when_it_is_disposed_of() => Exhausts(async () =>
    {
        var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        Task stopping = Task.Run(timer.Dispose);
        int ticks = 0;
        while (ticks < 2 && await timer.WaitForNextTickAsync()) ticks++;
        await stopping;
        Assert.False(await timer.WaitForNextTickAsync());
    });

    [Fact]
    public void between_the_ticks_of_a_timer_is_cancelled() => Exhausts(async () =>
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        using var cancel = new CancellationTokenSource();
        Task cancelling = Task.Run(cancel.Cancel);
        try
        {
            Assert.True(await timer.WaitForNextTickAsync(cancel.Token));
        }
        catch (OperationCanceledException)
        {
            Assert.True(cancel.IsCancellationRequested);
        }

        await cancelling;
    });

    [Fact]
    public void between_the_ticks_of_a_timer_by_two_at_once_is_found() => Finds("InvalidOperationException", async () =>
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Task.Run(async () => await timer.WaitForNextTickAsync()), Task.Run(async () => await timer.WaitForNextTickAsync()));
    });

    [Fact]
    public void over_a_concurrent_queue_takes_what_came_before_the_time_was_up() => Exhausts(() =>
    {
        var items = new ConcurrentQueue<int>();
        Task adding = Task.Run(() => items.Enqueue(7));
        bool came = SpinWait.SpinUntil(() => !items.IsEmpty, 10);
        Assert.True(!came || items.TryDequeue(out _));
        adding.Wait();
    });

    [Fact]
    public void over_a_concurrent_dictionary_is_called_off_by_a_token() => Exhausts(() =>
    {
        var found = new ConcurrentDictionary<string, int>();
        using var cancel = new CancellationTokenSource();
        CancellationToken token = cancel.Token;
        Task adding = Task.Run(() =>
        {
            if (!token.IsCancellationRequested) found.TryAdd("k", 1);
            cancel.Cancel();
        });
        Task other = Task.Run(() =>
        {
            if (!token.IsCancellationRequested) found.TryAdd("k", 2);
            cancel.Cancel();
        });
        Task.WaitAll(adding, other);
        Assert.Single(found);
    });

    [Fact]
    public void over_a_concurrent_bag_that_is_counted_too_early_is_found() => Finds("Assert.False", () =>
    {
        var items = new ConcurrentBag<int>();
        Task adding = Task.Run(() => items.Add(7));
        adding.Wait(10);
        Assert.False(items.IsEmpty);
    });

    private static void Exhausts(Action body) => Assert.True(Explore.Every(body).Exhausted);

    private static void Exhausts(Func<Task> body) => Assert.True(Explore.Every(body).Exhausted);

    private static void Finds(string what, Action body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString(), StringComparison.Ordinal);

    private static void Finds(string what, Func<Task> body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString(), StringComparison.Ordinal);
}
