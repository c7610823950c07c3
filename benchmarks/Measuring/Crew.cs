using System.Diagnostics;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>Workers that start together. The time runs from the start signal until the last of them is done.</summary>
internal static class Crew
{
    /// <summary>Threads, each pinned to a core in turn; their creation is not part of the time nor of the bytes.</summary>
    public static Sample RunThreads(int items, params Action[] bodies)
    {
        int ready = 0;
        bool go = false;
        long[] ends = new long[bodies.Length];
        Exception? failure = null;
        Thread[] threads = [.. bodies.Select((body, worker) => new Thread(() =>
        {
            Affinity.Pin(worker);
            Interlocked.Increment(ref ready);
            Await(() => Volatile.Read(ref go));
            try { body(); }
            catch (Exception thrown) { Volatile.Write(ref failure, thrown); }
            ends[worker] = Stopwatch.GetTimestamp();
        }) { IsBackground = true })];

        foreach (Thread thread in threads) thread.Start();
        Await(() => Volatile.Read(ref ready) == threads.Length);
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        Volatile.Write(ref go, true);
        foreach (Thread thread in threads) thread.Join();
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        if (failure is not null) throw new InvalidOperationException("A worker failed, so its sample is no measurement.", failure);
        return Per(items, Stopwatch.GetElapsedTime(start, ends.Max()), bytes);
    }

    /// <summary>Tasks on the thread pool, which moves them between cores as it likes.</summary>
    public static Sample RunTasks(int items, params Func<Task>[] bodies)
    {
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        Task.WaitAll([.. bodies.Select(Task.Run)]);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return Per(items, elapsed, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    private static Sample Per(int items, TimeSpan elapsed, long bytes) => new(elapsed.TotalNanoseconds / items, (double)bytes / items);

    private static void Await(Func<bool> condition)
    {
        for (var spin = new SpinWait(); !condition(); spin.SpinOnce(sleep1Threshold: -1)) { }
    }
}
