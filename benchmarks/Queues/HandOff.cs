using System.Diagnostics;
using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Queues;

/// <summary>What does a hand-off between two threads cost?</summary>
/// <remarks>
/// BenchmarkDotNet finishes one benchmark before it starts the next, and on a virtual machine the way between two cores changes within
/// minutes. So this question has a runner of its own: every round runs every candidate once, in a new order, beside a raw cache line going
/// back and forth; ratios are taken within a round and only then is their median. BenchmarkDotNet measures what needs one thread:
/// <see cref="PairOnOneThread"/>.
/// </remarks>
internal sealed class HandOff(int rounds, TimeSpan perSample)
{
    private const int Granule = 2 * HandOffCandidate.Batch;     // divides among two pairs and into batches
    private const int OrderSeed = 20;
    private const int RoundTrips = 5_000;
    private const int WarmSamples = 50;
    private const int MostItems = 1 << 24;

    public HandOffResult Run(Action<string> report)
    {
        var others = new OtherWork();
        int[] items = [.. HandOffCandidate.All.Select(candidate =>
        {
            int size = Calibrate(candidate);
            report($"warm: {candidate.Pairs}p{candidate.Pairs}c {candidate.Name}, {size} items per sample");
            return size;
        })];

        var order = new Random(OrderSeed);
        int[] turns = [.. Enumerable.Range(0, HandOffCandidate.All.Count)];
        var samples = new Sample[rounds][];
        double[] lines = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            samples[round] = new Sample[turns.Length];
            order.Shuffle(turns);
            lines[round] = CacheLine.RoundTrip(RoundTrips).Nanoseconds;
            foreach (int i in turns) samples[round][i] = HandOffCandidate.All[i].Run(items[i]);
            if ((round + 1) % 10 == 0 || round + 1 == rounds) report($"round {round + 1} of {rounds}");
        }

        return HandOffResult.Of(Machine.Read(others.Share()), lines, samples);
    }

    // Doubles the work until a sample is long enough, and goes on until the JIT has had time to replace what it compiled first.
    private int Calibrate(HandOffCandidate candidate)
    {
        int items = 32 * Granule;
        TimeSpan took = TimeSpan.Zero;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmSamples * perSample;)
        {
            if (took < perSample && items < MostItems) items *= 2;
            double fastest = Enumerable.Range(0, 3).Min(_ => candidate.Run(items).Nanoseconds);
            took = TimeSpan.FromMicroseconds(fastest * items / 1000);
        }

        int fitting = (int)Math.Min(MostItems, items * (perSample / took));
        return Math.Max(Granule, fitting / Granule * Granule);
    }
}
