using BenchmarkDotNet.Attributes;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Pools;
using Microsoft.Extensions.ObjectPool;

namespace ConcurrencySpecs.Benchmarks.Pools;

/// <summary>What does it cost to rent an object and return it, alone and beside another thread?</summary>
[MemoryDiagnoser, MaxIterationCount(20), MaxWarmupCount(10)]
public class RentAndReturn
{
    private const int Rounds = 2_000_000;
    private readonly Microsoft.Extensions.ObjectPool.ObjectPool<Rented> _platform = new DefaultObjectPool<Rented>(new DefaultPooledObjectPolicy<Rented>());
    private readonly ConcurrencySpecs.Pools.ObjectPool<Rented> _ours = new(() => new Rented());

    /// <summary>How many threads rent at once; the figure is per rent and return of one of them.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Microsoft.Extensions.ObjectPool.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rounds)]
    public void Extensions() => Run(() =>
    {
        for (int i = 0; i < Rounds; i++)
        {
            Rented item = _platform.Get();
            item.Uses++;
            _platform.Return(item);
        }
    });

    /// <summary>Ours.</summary>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public void Pool() => Run(() =>
    {
        for (int i = 0; i < Rounds; i++)
        {
            Rented item = _ours.Rent();
            item.Uses++;
            _ours.Return(item);
        }
    });

    /// <summary>Ours, by leases.</summary>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public void Lease() => Run(() =>
    {
        for (int i = 0; i < Rounds; i++)
        {
            using Lease<Rented> lease = _ours.Lease();
            lease.Value.Uses++;
        }
    });

    /// <summary>No pool: a new object each time.</summary>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public void New() => Run(() =>
    {
        for (int i = 0; i < Rounds; i++)
        {
            var item = new Rented();
            item.Uses++;
            GC.KeepAlive(item);
        }
    });

    /// <summary>What the last run measured, without the making of its threads.</summary>
    internal Sample Last { get; private set; }

    private void Run(Action body) => Last = Crew.RunThreads(Rounds, [.. Enumerable.Repeat(body, Threads)]);

    /// <summary>Forty bytes.</summary>
    public sealed class Rented
    {
        /// <summary>Something to write to.</summary>
        public long Uses { get; set; }

        /// <summary>Something to weigh.</summary>
        public (long, long) Weight { get; set; }
    }
}
