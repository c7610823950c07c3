using System.Diagnostics;
using ConcurrencySpecs.Queues;

public sealed class A_blocking_queue : A_queue
{
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(200);

    protected override IQueue<T> New<T>(int capacity) => new BlockingQueue<T>(capacity);

    [Fact]
    public void has_exactly_the_capacity_that_was_asked_for() => Assert.Equal(5, new BlockingQueue<int>(5).Capacity);

    [Fact]
    public void says_why_nothing_was_added_or_taken()
    {
        var queue = new BlockingQueue<int>(1);
        Assert.Equal(GetResult.Empty, queue.TryGet(out _));
        Assert.Equal(PutResult.Added, queue.TryPut(1));
        Assert.Equal(PutResult.Full, queue.TryPut(2));
        queue.CompleteAdding();
        Assert.Equal(PutResult.Closed, queue.TryPut(3));
        Assert.Equal(GetResult.Taken, queue.TryGet(out int seen));
        Assert.Equal(1, seen);
        Assert.Equal(GetResult.Closed, queue.TryGet(out _));
    }

    [Fact]
    public void blocks_a_consumer_until_an_item_comes()
    {
        var queue = new BlockingQueue<string>(1);
        string? seen = null;
        Running consumer = Threads.Start(() => seen = queue.Get()).Blocked();
        queue.Put("late");
        consumer.Join();
        Assert.Equal("late", seen);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void blocks_a_producer_until_there_is_room_and_keeps_its_place_in_line()
    {
        var queue = new BlockingQueue<int>(1);
        queue.Put(1);
        Running second = Threads.Start(() => queue.Put(2)).Blocked();
        Running third = Threads.Start(() => queue.Put(3)).Blocked();
        Assert.Equal(1, queue.Count);

        Assert.Equal([1, 2, 3], [queue.Get(), queue.Get(), queue.Get()]);
        second.Join();
        third.Join();
    }

    [Fact]
    public async Task serves_blocked_threads_and_waiting_tasks_in_one_line()
    {
        var queue = new BlockingQueue<int>(4);
        int first = 0;
        Running thread = Threads.Start(() => first = queue.Get()).Blocked();
        ValueTask<int> second = queue.GetAsync();
        ValueTask<Got<int>> third = queue.TryGetAsync(Timeout.InfiniteTimeSpan);
        Assert.False(second.IsCompleted);

        for (int item = 1; item <= 3; item++) queue.Put(item);
        thread.Join();
        Assert.Equal(1, first);
        Assert.Equal(2, await second);
        Assert.Equal(new Got<int>(GetResult.Taken, 3), await third);
    }

    [Fact]
    public void gives_up_after_the_time_out_and_not_before()
    {
        var queue = new BlockingQueue<int>(1);
        var watch = Stopwatch.StartNew();
        Assert.Equal(GetResult.TimedOut, queue.TryGet(out _, _short));
        Assert.InRange(watch.Elapsed, _short, Threads.Patience);

        queue.Put(1);
        watch.Restart();
        Assert.Equal(PutResult.TimedOut, queue.TryPut(2, _short));
        Assert.InRange(watch.Elapsed, _short, Threads.Patience);
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public async Task gives_up_without_a_thread_when_its_clock_says_so()
    {
        var clock = new FakeTimeProvider();
        var queue = new BlockingQueue<int>(1, clock);
        ValueTask<Got<int>> get = queue.TryGetAsync(_short);
        clock.Advance(_short / 2);
        Assert.False(get.IsCompleted);
        clock.Advance(_short / 2);
        Assert.Equal(GetResult.TimedOut, (await get).Result);

        await queue.PutAsync(1);
        ValueTask<PutResult> put = queue.TryPutAsync(2, _short);
        clock.Advance(_short);
        Assert.Equal(PutResult.TimedOut, await put);
        Assert.Equal(0, clock.Timers);
    }

    [Fact]
    public void gives_up_a_blocked_thread_when_its_clock_says_so()
    {
        var clock = new FakeTimeProvider();
        var queue = new BlockingQueue<int>(1, clock);
        var result = GetResult.Taken;
        Running consumer = Threads.Start(() => result = queue.TryGet(out _, _short));
        Threads.WaitUntil(() => clock.Timers == 1);
        clock.Advance(_short);
        consumer.Join();
        Assert.Equal(GetResult.TimedOut, result);
    }

    [Fact]
    public void hands_a_later_item_to_the_next_in_line_once_the_first_has_given_up()
    {
        var queue = new BlockingQueue<int>(1);
        using var cancel = new CancellationTokenSource();
        Running first = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => queue.Get(cancel.Token))).Blocked();
        int seen = 0;
        Running second = Threads.Start(() => seen = queue.Get()).Blocked();
        cancel.Cancel();
        first.Join();
        queue.Put(1);
        second.Join();
        Assert.Equal(1, seen);
    }

    [Fact]
    public async Task keeps_the_item_of_a_cancelled_put_out()
    {
        var queue = new BlockingQueue<int>(1);
        using var cancel = new CancellationTokenSource();
        queue.Put(1);
        ValueTask second = queue.PutAsync(2, cancel.Token);
        ValueTask third = queue.PutAsync(3);
        await cancel.CancelAsync();
        OperationCanceledException thrown = await Assert.ThrowsAsync<OperationCanceledException>(async () => await second);
        Assert.Equal(cancel.Token, thrown.CancellationToken);

        Assert.Equal(1, await queue.GetAsync());
        await third;
        Assert.Equal(3, await queue.GetAsync());
    }

    [Fact]
    public void leaves_no_trace_of_an_interrupted_thread()
    {
        var queue = new BlockingQueue<int>(1);
        Running consumer = Threads.Start(() => Assert.Throws<ThreadInterruptedException>(() => queue.Get())).Blocked();
        consumer.Interrupt();
        consumer.Join();
        queue.Put(1);
        Assert.Equal(1, queue.Count);
    }

    [Theory, InlineData(-2), InlineData(-1000), InlineData(1e12)]
    public void refuses_a_time_out_that_is_no_span(double milliseconds)
    {
        var queue = new BlockingQueue<int>(1);
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(timeout), () => queue.TryPut(1, timeout));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(timeout), () => queue.TryGet(out _, timeout));
        Action put = () => queue.TryPutAsync(1, timeout).AsTask();      // an action: misuse throws at the call, before there is a task
        Action get = () => queue.TryGetAsync(timeout).AsTask();
        Assert.Throws<ArgumentOutOfRangeException>(nameof(timeout), put);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(timeout), get);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public async Task does_nothing_for_a_token_that_is_cancelled_already()
    {
        var queue = new BlockingQueue<int>(2);
        queue.Put(1);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => queue.Put(2, cancelled));
        Assert.Throws<OperationCanceledException>(() => queue.Get(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await queue.PutAsync(2, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await queue.GetAsync(cancelled));
        Assert.Equal(1, queue.Count);
    }
}
