using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Pools;

/// <summary>The pool under the explorer: shutting down, waking, stealing. Its threads search once before they sleep, which keeps schedules short.</summary>
public sealed class A_worker_pool_in_every_schedule
{
    private static readonly ExplorationOptions _some = new() { Schedules = 1_500, Time = TimeSpan.FromSeconds(5) };

    [Fact]
    public void loses_no_item_that_is_handed_in_while_workers_fall_asleep()
    {
        Explore.Sample(() =>
        {
            var pool = new WorkerPool(new() { Workers = 2, LooksBeforeRest = 1 });
            Task<int> first = pool.RunAsync(() => 1), second = pool.RunAsync(() => 2);
            Assert.Equal(3, first.GetAwaiter().GetResult() + second.GetAwaiter().GetResult());
            Assert.Equal(4, pool.RunAsync(() => 4).GetAwaiter().GetResult());
            pool.DrainAsync().GetAwaiter().GetResult();
        }, _some);
    }

    // A worker once looked for work before it looked for the close, and left behind the item that came between the two.
    [Fact]
    public void refuses_or_runs_what_is_handed_in_while_it_drains()
    {
        Explore.Sample(() =>
        {
            var pool = new WorkerPool(new() { Workers = 1, LooksBeforeRest = 1 });
            int ran = 0, taken = 0;
            Task submitting = Task.Run(() =>
            {
                try
                {
                    pool.Post(() => Interlocked.Increment(ref ran));
                    taken = 1;
                }
                catch (ObjectDisposedException)
                {
                    taken = 0;
                }
            });
            pool.DrainAsync().GetAwaiter().GetResult();
            submitting.GetAwaiter().GetResult();
            Assert.Equal(taken, ran);
        }, _some);
    }

    // A map once failed with some of its own errors and some of the close, because its chunks were handed in one by one.
    [Fact]
    public void refuses_or_runs_the_whole_of_a_map_that_comes_while_it_drains()
    {
        Explore.Sample(() =>
        {
            var pool = new WorkerPool(new() { Workers = 1, LooksBeforeRest = 1 });
            int ran = 0;
            bool taken = false;
            Task mapping = Task.Run(async () =>
            {
                try
                {
                    await pool.MapAsync([1, 2, 3], item => Interlocked.Increment(ref ran) + item, chunkSize: 1);
                    taken = true;
                }
                catch (ObjectDisposedException)
                {
                    taken = false;
                }
            });
            pool.DrainAsync().GetAwaiter().GetResult();
            mapping.GetAwaiter().GetResult();
            Assert.Equal(taken ? 3 : 0, ran);
        }, _some);
    }

    [Fact]
    public void drains_what_its_items_spawn()
    {
        Explore.Sample(() =>
        {
            var pool = new WorkerPool(new() { Workers = 2, LooksBeforeRest = 1 });
            int ran = 0;
            pool.Post(() =>
            {
                pool.Post(() => Interlocked.Increment(ref ran));
                pool.Post(() => Interlocked.Increment(ref ran));
            });
            pool.DrainAsync().GetAwaiter().GetResult();
            Assert.Equal(2, ran);
        }, _some);
    }

    [Fact]
    public void joins_what_was_stolen()
    {
        Explore.Sample(() =>
        {
            var pool = new WorkerPool(new() { Workers = 2, LooksBeforeRest = 1 });
            int sum = pool.RunAsync(() =>
            {
                (int one, int two) = WorkerPool.Both(() => 1, () => 2);
                return one + two;
            }).GetAwaiter().GetResult();
            Assert.Equal(3, sum);
            pool.DrainAsync().GetAwaiter().GetResult();
        }, _some);
    }

    [Fact]
    public void runs_or_names_every_item_when_it_is_terminated()
    {
        Explore.Sample(() =>
        {
            var pool = new WorkerPool(new() { Workers = 1, LooksBeforeRest = 1 });
            int ran = 0;
            Action work = () => Interlocked.Increment(ref ran);
            pool.Post(work);
            pool.Post(work);
            TerminationReport report = pool.TerminateAsync().GetAwaiter().GetResult();
            Assert.Equal(2, ran + report.Lost.Count);
        }, _some);
    }

    [Fact]
    public void stands_in_for_a_worker_that_blocks()
    {
        Explore.Sample(() =>
        {
            var pool = new WorkerPool(new() { Workers = 1, LooksBeforeRest = 1 });
            var go = new ManualResetEventSlim();
            Task blocked = pool.RunAsync(() => { WorkerPool.Block(() => { go.Wait(CancellationToken.None); return true; }); });
            pool.RunAsync(go.Set).GetAwaiter().GetResult();
            blocked.GetAwaiter().GetResult();
            pool.DrainAsync().GetAwaiter().GetResult();
        }, _some);
    }
}
