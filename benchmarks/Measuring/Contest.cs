using System.Diagnostics;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>What one turn cost in one contest, and how unequally the turns were shared out.</summary>
/// <param name="Nanoseconds">The time of the contest divided by all turns of all contestants.</param>
/// <param name="Bytes">Allocated bytes for each turn.</param>
/// <param name="Unfairness">The most turns of a contestant divided by the fewest; 1 when all had the same.</param>
internal readonly record struct Contested(double Nanoseconds, double Bytes, double Unfairness);

/// <summary>Contestants that take turns at something for a given time, as many as they get.</summary>
internal static class Contest
{
    /// <summary>Whether the time is over; contestants look at it after every few turns.</summary>
    public sealed class Whistle
    {
        private bool _blown;

        public bool IsBlown => Volatile.Read(ref _blown);

        public void Blow() => Volatile.Write(ref _blown, true);
    }

    /// <summary>Threads, each pinned to a core in turn, that count their turns.</summary>
    public static Contested OfThreads(int threads, TimeSpan time, Func<Whistle, long> contestant)
    {
        var whistle = new Whistle();
        long[] turns = new long[threads];
        long start = 0;
        using var ready = new Barrier(threads + 1, _ => start = Stopwatch.GetTimestamp());
        Thread[] all = [.. Enumerable.Range(0, threads).Select(worker => new Thread(() =>
        {
            Affinity.Pin(worker);
            ready.SignalAndWait();
            turns[worker] = contestant(whistle);
        }) { IsBackground = true })];
        foreach (Thread thread in all) thread.Start();
        ready.SignalAndWait();
        return Judge(whistle, time, start, turns, () => { foreach (Thread thread in all) thread.Join(); });
    }

    /// <summary>Tasks on the thread pool.</summary>
    public static Contested OfTasks(int tasks, TimeSpan time, Func<Whistle, Task<long>> contestant)
    {
        var whistle = new Whistle();
        long[] turns = new long[tasks];
        long start = Stopwatch.GetTimestamp();
        Task[] all = [.. Enumerable.Range(0, tasks).Select(worker => Task.Run(async () => turns[worker] = await contestant(whistle)))];
        return Judge(whistle, time, start, turns, () => Task.WaitAll(all));
    }

    private static Contested Judge(Whistle whistle, TimeSpan time, long start, long[] turns, Action wait)
    {
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        Thread.Sleep(time);
        whistle.Blow();
        wait();
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        long all = Math.Max(1, turns.Sum());        // on a busy machine nobody may have got a turn in time: then the first is still to come
        return new(took.TotalNanoseconds / all, (double)bytes / all, (double)turns.Max() / Math.Max(1, turns.Min()));
    }
}
