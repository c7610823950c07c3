using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Pools;
using ConcurrencySpecs.Queues;

public sealed class A_worker_pool
{
    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task runs_what_it_is_given_in_threads_of_its_own()
    {
        await using var pool = new WorkerPool(new() { Workers = 2, Name = "smith" });
        string? name = null;
        await pool.RunAsync(() => { name = Thread.CurrentThread.Name; });
        Assert.StartsWith("smith ", name, StringComparison.Ordinal);
        Assert.Equal(42, await pool.RunAsync(() => 42));
    }

    [Fact]
    public async Task starts_no_thread_before_it_has_work()
    {
        var pool = new WorkerPool(new() { Workers = 3 });
        Assert.Equal(0, pool.Threads);
        await pool.DisposeAsync();
        Assert.Equal(0, pool.Threads);
    }

    [Fact]
    public async Task gives_each_item_its_own_error_and_goes_on()
    {
        await using var pool = new WorkerPool(new() { Workers = 1 });
        Task failing = pool.RunAsync(() => throw new FormatException("mine"));
        Assert.Equal("mine", (await Assert.ThrowsAsync<FormatException>(() => failing)).Message);
        Assert.Equal(1, await pool.RunAsync(() => 1));
    }

    [Fact]
    public async Task runs_every_item_of_many_from_many_threads()
    {
        const int Submitters = 4, Items = 5_000;
        int ran = 0;
        await using (var pool = new WorkerPool(new() { Workers = 3 }))
        {
            Threads.Run([.. Enumerable.Repeat<Action>(() =>
            {
                for (int i = 0; i < Items; i++) pool.Post(() => Interlocked.Increment(ref ran));
            }, Submitters)]);
        }

        Assert.Equal(Submitters * Items, ran);
    }

    [Fact]
    public async Task drains_what_its_items_hand_in_while_it_drains()
    {
        int ran = 0;
        await using (var pool = new WorkerPool(new() { Workers = 2 }))
        {
            void Spawn(int depth)
            {
                Interlocked.Increment(ref ran);
                if (depth == 0) return;
                pool.Post(() => Spawn(depth - 1));
                pool.Post(() => Spawn(depth - 1));
            }

            pool.Post(() => Spawn(10));
        }

        Assert.Equal((1 << 11) - 1, ran);
    }

    [Fact]
    public async Task takes_nothing_from_outside_once_it_drains()
    {
        var pool = new WorkerPool(new() { Workers = 1 });
        await pool.RunAsync(() => 1);
        await pool.DisposeAsync();
        await pool.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => pool.Post(() => { }));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.RunAsync(() => 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.SubmitAsync(() => 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.MapAsync([1], item => item));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.MapUnordered([1], item => item).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task throws_at_the_drain_what_posted_items_threw()
    {
        var pool = new WorkerPool(new() { Workers = 1 });
        pool.Post(() => throw new FormatException("first"));
        pool.Post(() => throw new FormatException("second"));
        var thrown = await Assert.ThrowsAsync<AggregateException>(() => pool.DrainAsync());
        Assert.Equal(["first", "second"], thrown.InnerExceptions.Select(error => error.Message));
    }

    [Fact]
    public async Task says_what_was_lost_when_it_is_terminated()
    {
        var pool = new WorkerPool(new() { Workers = 1 });
        using var began = new ManualResetEventSlim();
        Task running = pool.RunAsync(() =>
        {
            began.Set();
            pool.Stopping.WaitHandle.WaitOne();
        });
        began.Wait(Never);
        Func<int> pending = () => 1;
        Task lost = pool.RunAsync(pending);
        Task map = pool.MapAsync(["a", "b"], item => item, chunkSize: 1);
        var item = new Item();
        pool.Post(item);

        TerminationReport report = await pool.TerminateAsync();
        Assert.Equal(["a", "b", item, pending], report.Lost.OrderBy(one => one is string text ? text : one is Item ? "c" : "d", StringComparer.Ordinal));
        Assert.True(item.WasDropped);
        await running;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map);
        Assert.Throws<ObjectDisposedException>(() => pool.Post(() => { }));
        await pool.DisposeAsync();
    }

    [Fact]
    public async Task skips_what_was_cancelled_before_its_turn()
    {
        await using var pool = new WorkerPool(new() { Workers = 1 });
        using var cancel = new CancellationTokenSource();
        using var go = new ManualResetEventSlim();
        Task first = pool.RunAsync(() => go.Wait(Never));
        bool ran = false;
        Task second = pool.RunAsync(() => { ran = true; }, cancel.Token);
        cancel.Cancel();
        go.Set();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(ran);
    }

    [Fact]
    public async Task makes_a_producer_wait_for_room()
    {
        await using var pool = new WorkerPool(new() { Workers = 1, MaxPending = 2 });
        using var go = new ManualResetEventSlim();
        using var began = new ManualResetEventSlim();
        Task<bool> running = await pool.SubmitAsync(() => { began.Set(); go.Wait(Never); return true; }, Never);
        began.Wait(Never);
        Task<int> one = await pool.SubmitAsync(() => 1, Never), two = await pool.SubmitAsync(() => 2, Never);
        ValueTask<Task<int>> three = pool.SubmitAsync(() => 3, Never);
        Assert.False(three.IsCompleted);
        using var cancel = new CancellationTokenSource();
        ValueTask<Task<int>> given = pool.SubmitAsync(() => 4, cancel.Token);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await given);
        go.Set();
        await running;
        int[] all = await Task.WhenAll(one, two, await three);
        Assert.Equal([1, 2, 3], all);
    }

    [Fact]
    public async Task puts_another_worker_in_the_place_of_one_that_blocks()
    {
        await using var pool = new WorkerPool(new() { Workers = 1 });
        var queue = new BlockingQueue<int>(1);
        Task<int> waiting = pool.RunAsync(() => queue.Get());
        await pool.RunAsync(() => queue.Put(7));
        Assert.Equal(7, await waiting);
        Assert.Equal(2, pool.Threads);

        using var go = new ManualResetEventSlim();
        Task blocked = pool.RunAsync(() => WorkerPool.Block(() => { go.Wait(Never); return true; }));
        await pool.RunAsync(go.Set);
        await blocked;
        Assert.Equal(2, pool.Threads);      // the one that stood by took the place
    }

    public static TheoryData<ILock> Locks => [new FutexLock(), new TicketLock(), new McsLock(), new RecursiveLock()];

    [Theory, MemberData(nameof(Locks), DisableDiscoveryEnumeration = true)]
    public async Task puts_another_worker_in_the_place_of_one_that_waits_for_a_lock(ILock gate)
    {
        await using WorkerPool pool = new(new() { Workers = 1 }), holder = new(new() { Workers = 1 });
        await holder.RunAsync(() => gate.Enter(Never));
        Task waiting = pool.RunAsync(() =>
        {
            gate.Enter(Never);
            gate.Exit();
        });
        Assert.Equal(7, await pool.RunAsync(() => 7).WaitAsync(Threads.Patience, Never));
        await holder.RunAsync(gate.Exit);
        await waiting;
        Assert.Equal(2, pool.Threads);
    }

    [Fact]
    public async Task stands_in_for_no_more_workers_than_it_may()
    {
        await using var pool = new WorkerPool(new() { Workers = 1, MostWorkers = 3 });
        var queue = new BlockingQueue<int>(1);
        Task<int>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => pool.RunAsync(() => queue.Get()))];
        for (int i = 0; i < waiting.Length; i++) await queue.PutAsync(i, Never);
        int[] all = await Task.WhenAll(waiting);
        Assert.Equal([0, 1, 2, 3, 4], all.Order());
        Assert.InRange(pool.Threads, 1, 3);
    }

    [Fact]
    public async Task refuses_to_wait_for_itself()
    {
        await using var pool = new WorkerPool(new() { Workers = 1 });
        Task inside = pool.RunAsync(() => pool.DrainAsync().GetAwaiter().GetResult());
        Assert.Contains("itself", (await Assert.ThrowsAsync<InvalidOperationException>(() => inside)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task refuses_senseless_options()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(new() { Workers = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(new() { Workers = 2, MostWorkers = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(new() { MaxPending = 0 }));
        Assert.Throws<ArgumentNullException>(() => { new WorkerPool().Post((Action)null!); });
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("chunkSize", () => new WorkerPool().MapAsync([1], item => item, chunkSize: 0));
    }

    private sealed class Item : WorkItem
    {
        public bool WasDropped { get; private set; }

        public override string ToString() => "item";

        protected override void Execute() => Assert.Fail("it should have been dropped");

        protected override void Dropped() => WasDropped = true;
    }
}
