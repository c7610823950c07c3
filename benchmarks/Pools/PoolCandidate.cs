using System.Diagnostics;
using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Pools;

/// <summary>One pool under one load.</summary>
/// <param name="Load">What is asked of it; figures are compared within a load.</param>
/// <param name="Unit">What <paramref name="Measure"/> gives.</param>
/// <param name="Name">The type and how it is used.</param>
/// <param name="Measure">Does the work once.</param>
internal sealed record PoolCandidate(string Load, string Unit, string Name, Func<double> Measure)
{
    public const string Forks = "fib(30), a fork for every addition", Spawned = "a million items, handed in by a worker";
    public const string TaskRun = "Task.Run", ForkTask = "WorkerPool, ForkTask", Both = "WorkerPool.Both";
    public const string ThreadPoolLocal = "ThreadPool.UnsafeQueueUserWorkItem, local", WorkerPool = "WorkerPool.Post";
    public const string Extensions = "Microsoft.Extensions.ObjectPool", ObjectPool = "ObjectPool", Lease = "ObjectPool.Lease", New = "new (40 bytes)";

    public static string Rent(int threads) => threads == 1 ? "rent and return, one thread" : $"rent and return, {threads} threads";

    /// <summary>Every candidate, the platform's first within a load.</summary>
    public static PoolCandidate[] All() => [.. Forking(new()), .. Spawning(new()), .. Renting(1), .. Renting(2)];

    private static IEnumerable<PoolCandidate> Forking(ForkAndJoin all)
    {
        yield return new(Forks, "ms", TaskRun, () => Milliseconds(() => all.TaskRun()));
        yield return new(Forks, "ms", ForkTask, () => Milliseconds(() => all.ForkTask()));
        yield return new(Forks, "ms", Both, () => Milliseconds(() => all.Both()));
    }

    private static IEnumerable<PoolCandidate> Spawning(SpawnedItems all)
    {
        yield return new(Spawned, "ms", ThreadPoolLocal, () => Milliseconds(all.ThreadPoolLocal));
        yield return new(Spawned, "ms", WorkerPool, () => Milliseconds(all.WorkerPoolLocal));
    }

    private static IEnumerable<PoolCandidate> Renting(int threads)
    {
        var all = new RentAndReturn { Threads = threads };
        yield return new(Rent(threads), "ns", Extensions, Nanoseconds(all.Extensions));
        yield return new(Rent(threads), "ns", ObjectPool, Nanoseconds(all.Pool));
        yield return new(Rent(threads), "ns", Lease, Nanoseconds(all.Lease));
        yield return new(Rent(threads), "ns", New, Nanoseconds(all.New));

        Func<double> Nanoseconds(Action body) => () =>
        {
            body();
            return all.Last.Nanoseconds;
        };
    }

    private static double Milliseconds(Action body)
    {
        long start = Stopwatch.GetTimestamp();
        body();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
