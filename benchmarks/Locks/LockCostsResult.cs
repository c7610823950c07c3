using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Locks;

/// <summary>What a run of <see cref="LockCosts"/> found, as it is written to JSON.</summary>
internal sealed record LockCostsResult(Machine Machine, int Rounds, double RoundTripMedian, LockCostsRow[] Rows, LockCostsTarget[] Targets)
{
    private const string AsyncTried = "a third of the time is the lock's own, the rest is the thread pool's dispatch and its workers that look for work. "
        + "Tried: a look before the exchange of an exit, a plain release under the gate in place of an exchange, "
        + "no registration for a token that is never cancelled (nothing).";

    public static LockCostsResult Of(Machine machine, double[] lines, Contested[][] samples)
    {
        IReadOnlyList<LockCandidate> all = LockCandidate.All;
        double Median(Func<Contested[], double> of) => Statistics.Median(samples.Select(of));
        int Index(string load, string name) => all.Index().Single(at => at.Item.Load == load && at.Item.Name == name).Index;
        double Ratio(int i, int baseline) => Median(round => round[i].Nanoseconds / round[baseline].Nanoseconds);

        LockCostsRow[] rows = [.. all.Select((candidate, i) => new LockCostsRow(
            candidate.Load,
            candidate.Name,
            Median(round => round[i].Nanoseconds),
            Statistics.Percentile(samples.Select(round => round[i].Nanoseconds), 99),
            Median(round => round[i].Bytes),
            Median(round => round[i].Unfairness),
            Ratio(i, all.Index().First(at => at.Item.Load == candidate.Load).Index)))];

        LockCostsTarget Cost(string load, string name, string baseline, double wanted) =>
            new(load, name, $"× {baseline}", wanted, Ratio(Index(load, name), Index(load, baseline)));
        LockCostsTarget Fairness(string load, string name, double wanted) =>
            new(load, name, "most turns / fewest", wanted, Median(round => round[Index(load, name)].Unfairness));
        LockCostsTarget Bytes(string load, string name) =>
            new(load, name, "bytes per turn", 0.5, Median(round => round[Index(load, name)].Bytes));

        LockCostsTarget[] Contended(string load) =>
        [
            Cost(load, LockCandidate.Futex, LockCandidate.Monitor, 0.9),
            Cost(load, LockCandidate.Futex, LockCandidate.PlatformLock, 0.9),
            Fairness(load, LockCandidate.Futex, 4),
        ];

        return new LockCostsResult(machine, samples.Length, Statistics.Median(lines), rows,
        [
            Cost(LockCandidate.Alone, LockCandidate.Futex, LockCandidate.Monitor, 0.85),
            .. Contended(LockCandidate.Among(2)),
            .. Contended(LockCandidate.Among(4)),
            Cost(LockCandidate.Alone, LockCandidate.Ticket, LockCandidate.Monitor, 0.6),
            Cost(LockCandidate.Alone, LockCandidate.Mcs, LockCandidate.Monitor, 1),
            Fairness(LockCandidate.Among(2), LockCandidate.Ticket, 1.1),
            Fairness(LockCandidate.Among(2), LockCandidate.Mcs, 1.1),
            Cost(LockCandidate.AmongTasks(1), LockCandidate.Async, LockCandidate.Slim, 0.5),
            Cost(LockCandidate.AmongTasks(2), LockCandidate.Async, LockCandidate.Slim, 1),
            Cost(LockCandidate.AmongTasks(4), LockCandidate.Async, LockCandidate.Slim, 1) with { Tried = AsyncTried },
            Bytes(LockCandidate.AmongTasks(1), LockCandidate.Async),
            Bytes(LockCandidate.AmongTasks(4), LockCandidate.Async),
            Bytes(LockCandidate.AmongTasks(1), LockCandidate.AsyncRead),
            Bytes(LockCandidate.AmongTasks(4), LockCandidate.AsyncRead),
            Bytes(LockCandidate.AmongTasks(4), LockCandidate.AsyncWrite),
            Cost(LockCandidate.AmongReaders(2), LockCandidate.PhaseFair, LockCandidate.ReaderWriterSlim, 1),
            Cost(LockCandidate.AmongReaders(4), LockCandidate.PhaseFair, LockCandidate.ReaderWriterSlim, 1),
            Cost(LockCandidate.AmongReaders(2), LockCandidate.Seq, LockCandidate.ReaderWriterSlim, 0.4),
            Cost(LockCandidate.AmongReaders(4), LockCandidate.Seq, LockCandidate.ReaderWriterSlim, 0.4),
            Cost(LockCandidate.AmongReaders(1), LockCandidate.Seq, LockCandidate.MonitorRead, 0.1),
        ]);
    }
}

/// <summary>One candidate under one load, beside the first of the load.</summary>
internal sealed record LockCostsRow(string Load, string Name, double Median, double P99, double Bytes, double Unfairness, double TimesFirst);

/// <summary>What a lock is to reach, and what it reached; less is better.</summary>
internal sealed record LockCostsTarget(string Load, string Name, string Measure, double Wanted, double Measured)
{
    /// <summary>What was tried; for those that fall short.</summary>
    public string? Tried { get; init; }

    public bool IsReached => Measured <= Wanted;
}
