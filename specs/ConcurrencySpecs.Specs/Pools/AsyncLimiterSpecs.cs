using ConcurrencySpecs.Pools;

public sealed class An_async_limiter
{
    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task lets_in_as_many_as_its_limit_and_the_others_in_the_order_of_their_arrival()
    {
        var limiter = new AsyncLimiter(2);
        Permit first = await limiter.EnterAsync(Never), second = await limiter.EnterAsync(Never);
        Assert.False(limiter.TryEnter(out _));
        ValueTask<Permit> third = limiter.EnterAsync(Never), fourth = limiter.EnterAsync(Never);
        Assert.False(third.IsCompleted);
        first.Dispose();
        Permit admitted = await third;
        Assert.False(fourth.IsCompleted);
        Assert.Equal(2, limiter.Running);
        second.Dispose();
        admitted.Dispose();
        (await fourth).Dispose();
        Assert.Equal(0, limiter.Running);
    }

    [Fact]
    public void takes_a_permit_back_once_however_often_it_is_disposed()
    {
        var limiter = new AsyncLimiter(1);
        Assert.True(limiter.TryEnter(out Permit old));
        Permit copy = old;
        old.Dispose();
        Assert.True(limiter.TryEnter(out Permit current));
        old.Dispose();
        copy.Dispose();
        Assert.False(limiter.TryEnter(out _));
        current.Dispose();
        Assert.True(limiter.TryEnter(out _));
        default(Permit).Dispose();
    }

    [Fact]
    public async Task lets_nobody_in_who_gave_up()
    {
        var clock = new FakeTimeProvider();
        var limiter = new AsyncLimiter(1, clock);
        Assert.True(limiter.TryEnter(out Permit permit));
        using var cancel = new CancellationTokenSource();
        ValueTask<Permit?> late = limiter.TryEnterAsync(TimeSpan.FromSeconds(3), Never);
        ValueTask<Permit?> cancelled = limiter.TryEnterAsync(Timeout.InfiniteTimeSpan, cancel.Token);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(await late);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled);
        permit.Dispose();
        Assert.Equal(0, limiter.Running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await limiter.TryEnterAsync(TimeSpan.Zero, cancel.Token));
        Assert.Equal(0, limiter.Running);
    }

    [Fact]
    public async Task runs_no_more_work_at_once_than_its_limit()
    {
        var limiter = new AsyncLimiter(3);
        int running = 0, most = 0;
        int[] results = await limiter.MapAsync(Enumerable.Range(0, 50), async (item, _) =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return item * item;
        });
        Assert.Equal(Enumerable.Range(0, 50).Select(item => item * item), results);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task gives_an_error_its_own_place_and_goes_on()
    {
        var limiter = new AsyncLimiter(2);
        var seen = new List<string>();
        await foreach (TaskResult<int> result in limiter.MapOrdered(Enumerable.Range(0, 5), FailsAtTwo))
            seen.Add(result.IsSuccess ? $"{result.Index}:{result.Value}" : $"{result.Index}:{result.Error.Message}");
        Assert.Equal(["0:0", "1:10", "2:two", "3:30", "4:40"], seen);

        var unordered = new List<long>();
        await foreach (TaskResult<int> result in limiter.MapUnordered(Enumerable.Range(0, 5), FailsAtTwo)) unordered.Add(result.Index);
        Assert.Equal([0, 1, 2, 3, 4], unordered.Order());

        Task<int[]> all = limiter.MapAsync(Enumerable.Range(0, 5), FailsAtTwo);
        await Assert.ThrowsAsync<FormatException>(() => all);
        Assert.Equal(0, limiter.Running);
    }

    [Fact]
    public async Task reads_its_source_only_as_fast_as_results_are_taken()
    {
        var limiter = new AsyncLimiter(2);
        int read = 0;
        await foreach (TaskResult<int> result in limiter.MapOrdered(Enumerable.Range(0, 1000).Select(item => { read++; return item; }), FailsAtTwo))
        {
            Assert.InRange(read, 0, (int)result.Index + 4);
            if (result.Index == 10) break;
        }

        Assert.Equal(0, limiter.Running);
    }

    [Fact]
    public async Task stops_a_stream_that_is_cancelled()
    {
        var limiter = new AsyncLimiter(2);
        using var cancel = new CancellationTokenSource();
        int begun = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            IAsyncEnumerable<TaskResult<int>> stream = limiter.MapUnordered(
                Enumerable.Range(0, 1000), (item, _) => { begun++; return new ValueTask<int>(item); }, cancel.Token);
            await foreach (TaskResult<int> result in stream)
                if (result.Index >= 3) cancel.Cancel();
        });
        Assert.InRange(begun, 1, 10);
        Assert.Equal(0, limiter.Running);
    }

    [Theory, InlineData(0), InlineData(-1)]
    public void needs_a_place_for_at_least_one(int limit) => Assert.Throws<ArgumentOutOfRangeException>(nameof(limit), () => new AsyncLimiter(limit));

    private static async ValueTask<int> FailsAtTwo(int item, CancellationToken cancel)
    {
        await Task.Yield();
        return item == 2 ? throw new FormatException("two") : item * 10;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target)) Interlocked.CompareExchange(ref target, value, seen);
    }
}
