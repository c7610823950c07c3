using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Locks;

/// <summary>What does a turn at a lock cost, alone and among others, and who gets how many?</summary>
/// <remarks>
/// Every round runs every candidate once, in a new order, so that what the machine does meanwhile is shared by all;
/// ratios are taken within a round, and only then is their median.
/// </remarks>
internal sealed class LockCosts(int rounds, TimeSpan perSample)
{
    private const int OrderSeed = 5;
    private const int WarmRounds = 4;
    private const int RoundTrips = 5_000;

    public LockCostsResult Run(Action<string> report)
    {
        var others = new OtherWork();
        IReadOnlyList<LockCandidate> all = LockCandidate.All;
        for (int warm = 0; warm < WarmRounds; warm++) foreach (LockCandidate candidate in all) candidate.Run(perSample);
        report($"warm: {all.Count} candidates");

        var order = new Random(OrderSeed);
        int[] turns = [.. Enumerable.Range(0, all.Count)];
        var samples = new Contested[rounds][];
        double[] lines = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            samples[round] = new Contested[turns.Length];
            order.Shuffle(turns);
            lines[round] = CacheLine.RoundTrip(RoundTrips).Nanoseconds;
            foreach (int i in turns) samples[round][i] = all[i].Run(perSample);
            if ((round + 1) % 10 == 0 || round + 1 == rounds) report($"round {round + 1} of {rounds}");
        }

        return LockCostsResult.Of(Machine.Read(others.Share()), lines, samples);
    }
}
