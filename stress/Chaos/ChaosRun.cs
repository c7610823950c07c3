using System.Diagnostics;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Stress.Chaos;

/// <summary>What came of killing workers.</summary>
internal sealed record ChaosReport(int Kills, string? Torn, TimeSpan LongestWait, int Abandoned, int RecoveredUnits, ulong Seed)
{
    public bool Passed => Torn is null;

    public override string ToString() =>
        $"{Kills} kills · {(Torn is null ? "nothing torn, no survivor stuck" : Torn)} · longest wait of the survivor {LongestWait.TotalMilliseconds:F1} ms"
        + $" · {Abandoned} abandoned locks repaired · {RecoveredUnits} units recovered · seed {Seed}";
}

/// <summary>Kills workers at random moments, one after the other, and looks after each.</summary>
internal static class ChaosRun
{
    private const int Workers = 3;
    private const int MicrosecondsBetweenKills = 3_000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    public static ChaosReport Run(int kills, ulong seed, CancellationToken stop)
    {
        using var house = ChaosHouse.Create();
        var workers = new ChildProcess[Workers];
        var longest = TimeSpan.Zero;
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
            long start = Stopwatch.GetTimestamp();
            using var patience = new CancellationTokenSource(_patience);
            try
            {
                torn = house.Look(patience.Token, out bool sawAbandoned);
                if (sawAbandoned) abandoned++;
            }
            catch (OperationCanceledException)
            {
                torn = $"the survivor was kept waiting for more than {_patience.TotalSeconds:F0} s";
            }

            TimeSpan took = Stopwatch.GetElapsedTime(start);
            if (took > longest) longest = took;
        }
    }
}
