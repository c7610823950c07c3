using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Locks;

public sealed class An_async_lock
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task is_held_across_an_await_and_handed_on_in_the_order_of_arrival()
    {
        var gate = new AsyncLock(_clock);
        AsyncLockScope held = await gate.EnterAsync();
        ValueTask<AsyncLockScope> first = gate.EnterAsync(), second = gate.EnterAsync();
        await Task.Yield();
        Assert.False(first.IsCompleted || gate.TryEnter(out _));
        held.Dispose();
        AsyncLockScope next = await first;
        Assert.True(next.IsHeld && !held.IsHeld && gate.IsHeld);
        Assert.False(second.IsCompleted);
        next.Dispose();
        (await second).Dispose();
        Assert.False(gate.IsHeld);
    }

    [Fact]
    public async Task is_let_go_of_once_however_often_a_scope_or_its_copy_is_disposed()
    {
        var gate = new AsyncLock(_clock);
        AsyncLockScope first = await gate.EnterAsync(), copy = first;
        first.Dispose();
        AsyncLockScope second = await gate.EnterAsync();
        copy.Dispose();
        first.Dispose();
        Assert.True(second.IsHeld && gate.IsHeld, "an old scope has freed what another one holds");
        Assert.False(gate.TryEnter(out AsyncLockScope none));
        Assert.False(first.IsHeld || none.IsHeld);
        none.Dispose();
        Assert.True(first == copy && first != second);
    }

    [Fact]
    public void is_let_go_of_once_though_a_copy_goes_too_while_the_last_waiter_gives_up() => Assert.True(Explore.Every(static () =>
    {
        var gate = new AsyncLock();
        using var cancel = new CancellationTokenSource();
        gate.TryEnter(out AsyncLockScope held);
        Task<AsyncLockScope> waiter = gate.EnterAsync(cancel.Token).AsTask();
        Task original = Task.Run(held.Dispose);
        Task copy = Task.Run(() =>
        {
            held.Dispose();
            if (!gate.TryEnter(out AsyncLockScope mine)) return;
            Assert.False(gate.TryEnter(out _), "two have entered");
            mine.Dispose();
        });
        cancel.Cancel();
        Task.WaitAll(original, copy);
        if (waiter.IsCompletedSuccessfully) waiter.Result.Dispose();
    }).Exhausted);

    [Fact]
    public async Task gives_up_when_the_time_is_over_and_forgets_who_gave_up()
    {
        var gate = new AsyncLock(_clock);
        AsyncLockScope held = await gate.EnterAsync();
        Assert.False((await gate.TryEnterAsync(TimeSpan.Zero)).IsHeld);
        ValueTask<AsyncLockScope> late = gate.TryEnterAsync(_second), patient = gate.EnterAsync();
        _clock.Advance(_second);
        Assert.False((await late).IsHeld);
        held.Dispose();
        (await patient).Dispose();
        Assert.True((await gate.TryEnterAsync(_second)).IsHeld);
    }

    [Fact]
    public async Task ends_waits_that_are_cancelled_and_hands_on_to_the_next()
    {
        var gate = new AsyncLock(_clock);
        using var cancel = new CancellationTokenSource();
        AsyncLockScope held = await gate.EnterAsync();
        ValueTask<AsyncLockScope> cancelled = gate.EnterAsync(cancel.Token), patient = gate.EnterAsync();
        await cancel.CancelAsync();
        OperationCanceledException thrown = await Assert.ThrowsAsync<OperationCanceledException>(async () => await cancelled);
        Assert.Equal(cancel.Token, thrown.CancellationToken);
        held.Dispose();
        (await patient).Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await gate.EnterAsync(new CancellationToken(true)));
        Assert.False(gate.IsHeld);
    }

    [Fact]
    public async Task refuses_a_time_out_that_is_no_span_and_a_task_that_is_awaited_twice()
    {
        var gate = new AsyncLock(_clock);
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => { _ = gate.TryEnterAsync(TimeSpan.FromSeconds(-2)).AsTask(); });
        AsyncLockScope held = await gate.EnterAsync();
        ValueTask<AsyncLockScope> waiting = gate.EnterAsync();
        Assert.Throws<InvalidOperationException>(() => waiting.GetAwaiter().GetResult());
        held.Dispose();
        (await waiting).Dispose();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await waiting);
    }

    [Fact]
    public async Task keeps_count_for_tasks_that_wait_give_up_and_are_cancelled()
    {
        const int Rounds = 2_000;
        var gate = new AsyncLock();
        int count = 0, entered = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (int i = 0; i < Rounds; i++)
            {
                using var cancel = new CancellationTokenSource();
                if (random.Next(4) == 0) ThreadPool.UnsafeQueueUserWorkItem(static source => Ended(source), cancel, preferLocal: false);
                try
                {
                    TimeSpan limit = random.Next(4) == 0 ? TimeSpan.FromTicks(random.Next(1_000)) : Timeout.InfiniteTimeSpan;
                    using AsyncLockScope held = await gate.TryEnterAsync(limit, cancel.Token);
                    if (!held.IsHeld) continue;
                    int seen = count;
                    if (i % 8 == 0) await Task.Yield();
                    count = seen + 1;
                    Interlocked.Increment(ref entered);
                }
                catch (OperationCanceledException) when (cancel.IsCancellationRequested)
                {
                    continue;
                }
            }
        })));
        Assert.Equal(entered, count);
        Assert.False(gate.IsHeld);
    }

    [Fact]
    public async Task allocates_nothing_for_who_enters_at_once()
    {
        var gate = new AsyncLock();
        (await gate.EnterAsync()).Dispose();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            using AsyncLockScope held = await gate.EnterAsync();      // never suspends, so that the thread stays the same
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task allocates_nothing_for_who_waits_once_as_many_have_waited_before()
    {
        var gate = new AsyncLock();
        long before = 0;
        for (int i = 0; i < 1_000; i++)
        {
            if (i == 1) before = GC.GetAllocatedBytesForCurrentThread();
            gate.TryEnter(out AsyncLockScope held);
            ValueTask<AsyncLockScope> first = gate.EnterAsync(), second = gate.EnterAsync();
            held.Dispose();
            (await first).Dispose();        // was settled by the line before, as the next is by this one: nothing suspends, the thread stays the same
            (await second).Dispose();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Ended(CancellationTokenSource source)
    {
        try { source.Cancel(); }
        catch (ObjectDisposedException) { return; }     // the call was faster
    }
}
