using System.Diagnostics;
using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Pools;

/// <summary>What do forks, items and rented objects cost, beside what a user would take instead?</summary>
/// <remarks>
/// Every round runs every candidate once, in a new order, so that what the machine does meanwhile is shared by all;
/// ratios are taken within a round, and only then is their median.
/// </remarks>
internal sealed class PoolCosts(int rounds)
{
    private const int OrderSeed = 5;
    private const int WarmRounds = 4;
    private const int MostWarmRuns = 40;            // the JIT compiles for good what has been called thirty times
    private static readonly TimeSpan _mostWarming = TimeSpan.FromSeconds(1);

    public PoolCostsResult Run(Action<string> report)
    {
        var others = new OtherWork();
        PoolCandidate[] all = PoolCandidate.All();
        foreach (PoolCandidate candidate in all) Warm(candidate);
        report($"warm: {all.Length} candidates");

        var order = new Random(OrderSeed);
        int[] turns = [.. Enumerable.Range(0, all.Length)];
        double[][] samples = new double[rounds][];
        for (int round = 0; round < rounds; round++)
        {
            samples[round] = new double[turns.Length];
            order.Shuffle(turns);
            foreach (int i in turns) samples[round][i] = all[i].Measure();
            if ((round + 1) % 10 == 0 || round + 1 == rounds) report($"round {round + 1} of {rounds}");
        }

        return PoolCostsResult.Of(Machine.Read(others.Share()), all, samples);
    }

    private void Warm(PoolCandidate candidate)
    {
        long start = Stopwatch.GetTimestamp();
        for (int run = 0; run < Math.Min(WarmRounds, rounds) || (rounds > WarmRounds && run < MostWarmRuns && !IsLong(start)); run++) candidate.Measure();
    }

    private static bool IsLong(long start) => Stopwatch.GetElapsedTime(start) > _mostWarming;
}
