using ConcurrencySpecs.Queues;

public sealed class A_blocking_queue_among_real_threads
{
    private const int Items = 2_000;

    [Theory, InlineData(1), InlineData(3), InlineData(64)]
    public void keeps_the_order_of_three_producers_and_loses_nothing(int capacity)
    {
        var queue = new BlockingQueue<(int Producer, int Number)>(capacity);
        var seen = new List<(int Producer, int Number)>();
        int producing = 3;
        Threads.Run([
            .. Enumerable.Range(0, 3).Select(producer => (Action)(() =>
            {
                for (int i = 0; i < Items; i++) queue.Put((producer, i));
                if (Interlocked.Decrement(ref producing) == 0) queue.CompleteAdding();
            })),
            () => { while (queue.TryGet(out (int, int) item, Timeout.InfiniteTimeSpan) == GetResult.Taken) seen.Add(item); },
        ]);

        Assert.Equal(3 * Items, seen.Count);
        Assert.All(seen.GroupBy(item => item.Producer), items => Assert.Equal(Enumerable.Range(0, Items), items.Select(item => item.Number)));
    }

    [Fact]
    public async Task keeps_the_order_of_a_producer_and_a_consumer_that_are_tasks()
    {
        var queue = new BlockingQueue<int>(2);
        Task producer = Task.Run(async () =>
        {
            for (int i = 0; i < Items; i++) await queue.PutAsync(i);
            queue.CompleteAdding();
        });
        for (int i = 0; i < Items; i++) Assert.Equal(i, await queue.GetAsync());
        await producer;
        Assert.Equal(GetResult.Closed, queue.TryGet(out _));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void loses_and_repeats_nothing_when_puts_and_gets_are_cut_short(int seed)
    {
        // Every call is given so little time, or a token that another thread is about to cancel, that hand-over and withdrawal meet.
        var queue = new BlockingQueue<int>(1);
        var added = new List<int>[2] { [], [] };
        var taken = new List<int>[2] { [], [] };
        int producing = 2;
        Threads.Run(
            () => Produce(0), () => Produce(1),
            () => Consume(0), () => Consume(1));

        Assert.Equal(added.SelectMany(mine => mine).Order(), taken.SelectMany(mine => mine).Order());
        Assert.Equal(0, queue.Count);

        void Produce(int self)
        {
            var random = new Random(seed * 10 + self);
            for (int i = 0; i < Items; i++)
            {
                int item = i * 2 + self;
                if (CutShort(random, (limit, cancel) => queue.TryPut(item, limit, cancel) == PutResult.Added)) added[self].Add(item);
            }

            if (Interlocked.Decrement(ref producing) == 0) queue.CompleteAdding();
        }

        void Consume(int self)
        {
            var random = new Random(seed * 100 + self);
            while (true)
            {
                int item = 0;
                var result = GetResult.TimedOut;
                CutShort(random, (limit, cancel) => (result = queue.TryGet(out item, limit, cancel)) == GetResult.Taken);
                if (result == GetResult.Taken) taken[self].Add(item);
                if (result == GetResult.Closed) return;
            }
        }
    }

    [Fact]
    public void releases_all_who_wait_when_it_is_aborted_under_way()
    {
        for (int round = 0; round < 200; round++)
        {
            var queue = new BlockingQueue<int>(1);
            int added = 0, taken = 0, dropped = 0;
            Threads.Run(
                () => { while (queue.TryPut(added, Timeout.InfiniteTimeSpan) == PutResult.Added) added++; },
                () => { while (queue.TryGet(out _, Timeout.InfiniteTimeSpan) == GetResult.Taken) Interlocked.Increment(ref taken); },
                () =>
                {
                    Threads.WaitUntil(() => Volatile.Read(ref taken) > 3);
                    dropped = queue.Abort().Count;
                });
            Assert.Equal(added, taken + dropped);
        }
    }

    private static bool CutShort(Random random, Func<TimeSpan, CancellationToken, bool> call)
    {
        if (random.Next(2) == 0) return call(TimeSpan.FromTicks(random.Next(20)), CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        ThreadPool.UnsafeQueueUserWorkItem(static source =>
        {
            try { source.Cancel(); }
            catch (ObjectDisposedException) { return; }     // the call was faster
        }, cancel, preferLocal: false);
        try { return call(Timeout.InfiniteTimeSpan, cancel.Token); }
        catch (OperationCanceledException) { return false; }
    }
}
