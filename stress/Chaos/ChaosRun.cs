using System.Diagnostics;
using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Stress.Chaos;

/// <summary>What came of killing workers.</summary>
internal sealed record ChaosReport(int Kills, string? Torn, LongestWait Longest, int Abandoned, int RecoveredUnits, ulong Seed)
{
    public bool Passed => Torn is null;

    public override string ToString() =>
        $"{Kills} kills · {(Torn is null ? "nothing torn, no survivor stuck" : Torn)} · {Longest}"
        + $" · {Abandoned} abandoned locks repaired · {RecoveredUnits} units recovered · seed {Seed}";
}

/// <summary>The longest wait of the survivor for one object, how late the bystander was in that time, and how long one of the others had no core.</summary>
internal sealed record LongestWait(TimeSpan Took, string At, TimeSpan Late, TimeSpan InLine)
{
    public static LongestWait None { get; } = new(TimeSpan.Zero, "nothing", TimeSpan.Zero, TimeSpan.Zero);

    public override string ToString() =>
        $"longest wait of the survivor {Took.TotalMilliseconds:F1} ms for {At}, while a bystander was up to {Late.TotalMilliseconds:F1} ms late"
        + $" and one of the others {InLine.TotalMilliseconds:F1} ms in line for a core";
}

/// <summary>Kills workers at random moments, one after the other, and looks after each.</summary>
internal static class ChaosRun
{
    private const int Workers = 3;
    private const int MicrosecondsBetweenKills = 3_000;

    // The promise; more only where a bystander was late too.
    private static readonly TimeSpan _promise = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public static ChaosReport Run(int kills, ulong seed, CancellationToken stop)
    {
        using var house = ChaosHouse.Create();
        using var bystander = new Bystander();
        var workers = new ChildProcess[Workers];
        LongestWait longest = LongestWait.None;
        string? torn = null;
        int abandoned = 0, killed = 0;
        try
        {
            for (int i = 0; i < Workers; i++) workers[i] = ChildProcess.Create(ChaosHouse.Work, house).Start();
            int begun = Workers;
            for (ulong random = Seeds.Mix(seed, 0); killed < kills && torn is null && !stop.IsCancellationRequested; random = Seeds.Mix(random, (ulong)killed))
            {
                while (house.Begun.Value < begun && torn is null) Look();       // a worker that loads its runtime has nothing to tear
                var moment = TimeSpan.FromMicroseconds(random % MicrosecondsBetweenKills);
                for (long start = Stopwatch.GetTimestamp(); torn is null && Stopwatch.GetElapsedTime(start) < moment;) Look();
                int victim = (int)(random >> 32) & int.MaxValue;
                workers[victim % Workers].Kill();
                killed++;
                if (torn is null) Look();
                workers[victim % Workers].Dispose();
                workers[victim % Workers] = ChildProcess.Create(ChaosHouse.Work, house).Start();
                begun++;
            }
        }
        finally
        {
            foreach (ChildProcess? worker in workers) worker?.Dispose();
        }

        return new(killed, torn, longest, abandoned, house.Units.RecoveredUnits, seed);

        void Look()
        {
            foreach ((string name, Func<CancellationToken, string?> use) in house.Uses(() => abandoned++))
            {
                if (torn is not null) return;
                long start = bystander.Begin(workers.Select(worker => worker.Id ?? 0));
                using var patience = new CancellationTokenSource(_patience);
                try
                {
                    torn = use(patience.Token);
                }
                catch (OperationCanceledException)
                {
                    torn = $"the survivor was stuck at {name} for {_patience.TotalSeconds:F0} s";
                }

                TimeSpan took = Stopwatch.GetElapsedTime(start);
                if (took > longest.Took) longest = new(took, name, bystander.Lateness, bystander.InLine);
                if (torn is null && bystander.Excess(start, _promise) > TimeSpan.Zero)
                    torn = $"the survivor was kept waiting at {name} for {took.TotalMilliseconds:F0} ms, {_promise.TotalMilliseconds:F0} are promised";
            }
        }
    }
}
