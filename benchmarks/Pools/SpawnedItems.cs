using BenchmarkDotNet.Attributes;
using ConcurrencySpecs.Pools;

namespace ConcurrencySpecs.Benchmarks.Pools;

/// <summary>What does an item cost that a worker hands to its own pool?</summary>
[MemoryDiagnoser, MaxIterationCount(20), MaxWarmupCount(10)]
public class SpawnedItems
{
    private const int Items = 1_000_000;
    private readonly WorkerPool _pool = new();
    private readonly Counted _item = new();
    private readonly CountedForPlatform _platformItem = new();

    /// <summary>The platform's pool, at its fastest: one object that is queued again and again, in the thread's own queue.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Items)]
    public void ThreadPoolLocal()
    {
        Tally.Start();
        ThreadPool.UnsafeQueueUserWorkItem(static item =>
        {
            for (int i = 0; i < Items; i++) ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: true);
        }, _platformItem, preferLocal: false);
        Tally.Await(Items);
    }

    /// <summary>Ours, with one object that is posted again and again.</summary>
    [Benchmark(OperationsPerInvoke = Items)]
    public void WorkerPoolLocal()
    {
        Tally.Start();
        _pool.Post(() =>
        {
            for (int i = 0; i < Items; i++) _pool.Post(_item);
        });
        Tally.Await(Items);
    }

    private sealed class Counted : WorkItem
    {
        protected override void Execute() => Tally.Count();
    }

    private sealed class CountedForPlatform : IThreadPoolWorkItem
    {
        public void Execute() => Tally.Count();
    }
}
