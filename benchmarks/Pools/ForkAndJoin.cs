using BenchmarkDotNet.Attributes;
using ConcurrencySpecs.Pools;

namespace ConcurrencySpecs.Benchmarks.Pools;

/// <summary>What does it cost to fork a computation down to its smallest parts? The thirtieth Fibonacci number, with a fork for every addition.</summary>
[MemoryDiagnoser, MaxIterationCount(20), MaxWarmupCount(10)]
public class ForkAndJoin
{
    private const int N = 30;
    private readonly WorkerPool _pool = new();

    /// <summary>The platform's tasks.</summary>
    [Benchmark(Baseline = true)]
    public int TaskRun() => Task.Run(() => ByTasks(N)).GetAwaiter().GetResult();

    /// <summary>Ours, with an object for each part.</summary>
    [Benchmark]
    public int ForkTask() => _pool.RunAsync(new Fibonacci(N)).GetAwaiter().GetResult();

    /// <summary>Ours, with two delegates for each part.</summary>
    [Benchmark]
    public int Both() => _pool.RunAsync(() => ByPairs(N)).GetAwaiter().GetResult();

    /// <summary>One thread, no forks.</summary>
    [Benchmark]
    public int Alone() => Sequential(N);

    private static int ByTasks(int n)
    {
        if (n < 2) return n;
        Task<int> second = Task.Run(() => ByTasks(n - 2));
        return ByTasks(n - 1) + second.GetAwaiter().GetResult();
    }

    private static int ByPairs(int n)
    {
        if (n < 2) return n;
        (int first, int second) = WorkerPool.Both(() => ByPairs(n - 1), () => ByPairs(n - 2));
        return first + second;
    }

    private static int Sequential(int n) => n < 2 ? n : Sequential(n - 1) + Sequential(n - 2);

    private sealed class Fibonacci(int n) : ForkTask<int>
    {
        protected override int Compute() => Of(n);

        private static int Of(int n)
        {
            if (n < 2) return n;
            var second = new Fibonacci(n - 2);
            second.Fork();
            return Of(n - 1) + second.Join();
        }
    }
}
