using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Queues;

/// <summary>What a run of <see cref="HandOff"/> found, as it is written to JSON.</summary>
internal sealed record HandOffResult(Machine Machine, int Rounds, double RoundTripMedian, double RoundTripP99, HandOffRow[] Rows, HandOffTarget[] Targets)
{
    public static HandOffResult Of(Machine machine, double[] lines, Sample[][] samples)
    {
        IReadOnlyList<HandOffCandidate> all = HandOffCandidate.All;
        double Median(int i, Func<int, double> of) => Statistics.Median(Enumerable.Range(0, samples.Length).Select(of));
        int Index(string name, int pairs) => all.Index().Single(at => at.Item.Name == name && at.Item.Pairs == pairs).Index;
        double Ratio(int baseline, int i) => Median(i, round => samples[round][baseline].Nanoseconds / samples[round][i].Nanoseconds);

        HandOffRow[] rows = [.. all.Select((candidate, i) => new HandOffRow(
            candidate.Name,
            candidate.Pairs,
            candidate.Waits,
            Median(i, round => samples[round][i].Nanoseconds),
            Statistics.Percentile(samples.Select(round => round[i].Nanoseconds), 99),
            Median(i, round => samples[round][i].Bytes),
            Median(i, round => samples[round][i].Nanoseconds / lines[round]),
            Ratio(Index(HandOffCandidate.ChannelSpinning, candidate.Pairs), i),
            Ratio(Index(HandOffCandidate.ChannelAwaiting, candidate.Pairs), i),
            Ratio(Index(HandOffCandidate.Unbounded, candidate.Pairs), i)))];

        HandOffTarget Target(string name, int pairs, string baseline, double wanted) =>
            new(name, pairs, baseline, wanted, Ratio(Index(baseline, pairs), Index(name, pairs)));
        HandOffTarget[] targets = [
            Target(HandOffCandidate.Spsc, 1, HandOffCandidate.ChannelSpinning, 20),
            Target(HandOffCandidate.Spsc, 1, HandOffCandidate.ChannelAwaiting, 20),
            Target(HandOffCandidate.SpscBatches, 1, HandOffCandidate.ChannelSpinning, 60),
            Target(HandOffCandidate.SpscBatches, 1, HandOffCandidate.ChannelAwaiting, 60),
            Target(HandOffCandidate.Spsc, 1, HandOffCandidate.Unbounded, 3),
            Target(HandOffCandidate.Mpmc, 2, HandOffCandidate.ChannelSpinning, 3.5),
            Target(HandOffCandidate.Mpmc, 2, HandOffCandidate.ChannelAwaiting, 3.5),
        ];
        return new HandOffResult(machine, samples.Length, Statistics.Median(lines), Statistics.Percentile(lines, 99), rows, targets);
    }
}

/// <summary>One candidate: nanoseconds and bytes per item, and how many times faster it is than each baseline in the same round.</summary>
internal sealed record HandOffRow(
    string Name, int Pairs, string Waits, double Median, double P99, double Bytes, double LinesPerItem,
    double TimesChannelSpinning, double TimesChannelAwaiting, double TimesConcurrentQueue);

/// <summary>How many times faster than a baseline a queue is to be, and how many times it was.</summary>
internal sealed record HandOffTarget(string Name, int Pairs, string Baseline, double Wanted, double Measured)
{
    public bool IsReached => Measured >= Wanted;
}
