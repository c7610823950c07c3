using System.Collections.Concurrent;
using System.Diagnostics;
using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>Carries out a plan. Real threads need every core, so that they run alone; the other engines run side by side, and so do those that
/// mostly wait.</summary>
/// <remarks>
/// The twins come first: engines that see what is broken are then trusted with what should not be, and get all the time that is left.
/// A run that ends early gives its time to those after it.
/// </remarks>
internal sealed class Runner(Plan plan, IWatcher watcher, CancellationToken stop)
{
    private const int MostPiecesShrunk = 2;
    private const int MostThatWait = 8;

    // Short, since a twin is taken for broken anyway; long enough that a busy machine does not take every pause for a lost wake-up.
    private static readonly TimeSpan _patienceWithTwins = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _timeToFindAPieceAgain = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Hunt[] _hunts = [.. plan.Twins.Select(twin => new Hunt(twin, []))];
    private readonly int[] _left = [.. Enumerable.Repeat(plan.Twins.Count, plan.SeedsPerTwin)];      // hunts that have not yet had a seed
    private readonly Proof[] _proofs = [.. plan.Implementations.SelectMany(one => plan.Engines.Select(engine => new Proof(one, engine)))];
    private EngineReport? _showpiece;

    public VerifyReport Run()
    {
        CatchTwins();
        Shrink();
        Prove();
        return SoFar;
    }

    private VerifyReport SoFar => new(plan, [.. _proofs], [.. _hunts], _showpiece, _watch.Elapsed, stop.IsCancellationRequested);

    /// <summary>Every twin over the first seed; then over the others, each kind in the way that suits it: real threads one by one, explorers side by
    /// side, and beside them those that wait.</summary>
    private void CatchTwins()
    {
        int[] all = [.. Enumerable.Range(0, _hunts.Length)];
        int[] onThreads = Array.FindAll(all, i => _hunts[i].Twin.CaughtBy == Engine.Threads), others = [.. all.Except(onThreads)];
        OneByOne(0, onThreads);
        SideBySide(Environment.ProcessorCount, others, 0, 1);
        int[] waiting = Array.FindAll(onThreads, i => WasCaughtWaiting(_hunts[i]));
        for (int round = 1; round < plan.SeedsPerTwin; round++) OneByOne(round, onThreads.Except(waiting));
        Parallel.Invoke(
            () => SideBySide(MostThatWait, waiting, 1, plan.SeedsPerTwin),
            () => SideBySide(Environment.ProcessorCount, others, 1, plan.SeedsPerTwin));
    }

    private void OneByOne(int round, IEnumerable<int> hunts)
    {
        foreach (int i in hunts)
        {
            if (!IsOver(round)) GoesOn($"{Round(round)}: {_hunts[i].Twin.Name}");
            Catch(i, round);
        }
    }

    /// <summary>Seed by seed, so that each has had the same chances when time is up, though nobody waits for the slowest before the next seed.</summary>
    private void SideBySide(int lanes, int[] hunts, int first, int end)
    {
        var next = new ConcurrentQueue<(int Hunt, int Round)>(first < end ? hunts.Select(i => (i, first)) : []);
        if (!next.IsEmpty && !IsOver(first)) GoesOn($"{Round(first)}: side by side");
        Parallel.For(0, lanes, AtMost(lanes), _ =>
        {
            while (next.TryDequeue(out (int Hunt, int Round) one))
            {
                Catch(one.Hunt, one.Round);
                if (one.Round + 1 < end) next.Enqueue((one.Hunt, one.Round + 1));
            }
        });
    }

    private void GoesOn(string what)
    {
        lock (_hunts) watcher.GoesOn(what, SoFar);
    }

    private static ParallelOptions AtMost(int hunts) => new() { MaxDegreeOfParallelism = hunts };

    /// <summary>The first seed is had by every twin, whatever the time.</summary>
    private bool IsOver(int round) => stop.IsCancellationRequested || (round > 0 && _watch.Elapsed > plan.TwinsBudget);

    // A twin that loses a wake-up is caught by waiting: its cores are free for others meanwhile.
    private static bool WasCaughtWaiting(Hunt hunt) =>
        hunt.Reports.Any(report => report.Counterexample?.Diagram.Contains("waits for ever", StringComparison.Ordinal) == true);

    private string Round(int round) => $"Twins, seed {round + 1} of {plan.SeedsPerTwin}";

    private void Catch(int i, int round)
    {
        if (!IsOver(round) && !_hunts[i].Escaped && _hunts[i].Error is null) _hunts[i] = Caught(_hunts[i], unchecked(plan.Seed + (ulong)round));
        if (Interlocked.Decrement(ref _left[round]) > 0 || IsOver(round)) return;
        int still = _hunts.Count(hunt => hunt is { Escaped: false, Error: null });
        lock (_hunts) watcher.Ended($"{Round(round)}: {still} of {_hunts.Length} caught", SoFar);
    }

    private Hunt Caught(Hunt hunt, ulong seed)
    {
        try
        {
            EngineReport report = Try(hunt.Twin, seed, plan.Chase, TimeSpan.Zero);
            return report.Passed && stop.IsCancellationRequested ? hunt : hunt with { Reports = [.. hunt.Reports, report] };
        }
        catch (Exception exception)
        {
            return hunt with { Error = exception.Message };
        }
    }

    private EngineReport Try(Exhibit twin, ulong seed, TimeSpan budget, TimeSpan shrinking) => twin.CaughtBy.Run(
        twin.Spec, new(seed) { Budget = budget, Patience = _patienceWithTwins, Shrinking = shrinking, Stop = stop, Schedule = plan.Schedule });

    /// <summary>Makes one of the failures as small as can be: one that is small already and, where there is one, stays a matter of two threads.</summary>
    private void Shrink()
    {
        var found = _hunts.SelectMany(hunt => hunt.Reports.Where(report => !report.Passed).Take(1).Select(report => (hunt.Twin, Report: report)))
            .OrderBy(one => !IsParallel(one.Report)).ThenBy(one => one.Report.Counterexample!.Diagram.Length).ToArray();
        _showpiece = found.Select(one => one.Report).FirstOrDefault();
        foreach (var (twin, report) in found.Take(MostPiecesShrunk))
        {
            if (stop.IsCancellationRequested) return;
            watcher.GoesOn($"Looking for the smallest counterexample of {twin.Name}", SoFar);
            EngineReport smaller = Try(twin, report.Seed, _timeToFindAPieceAgain, new RunOptions(0).Shrinking);
            if (smaller.Passed || (IsParallel(report) && !IsParallel(smaller))) continue;
            _showpiece = smaller;
            return;
        }
    }

    private static bool IsParallel(EngineReport failed) => failed.Counterexample!.Program.Contains('‖', StringComparison.Ordinal);

    private void Prove()
    {
        TimeSpan least = _watch.Elapsed + plan.LeastForImplementations;
        TimeSpan end = plan.Budget > least ? plan.Budget : least;
        for (int i = 0; i < _proofs.Length && !stop.IsCancellationRequested; i++)
        {
            TimeSpan left = end - _watch.Elapsed;
            _proofs[i] = Prove(_proofs[i], (left > TimeSpan.Zero ? left : TimeSpan.Zero) / (_proofs.Length - i));
            watcher.Ended($"{_proofs[i].Subject.Name} × {_proofs[i].Engine.Name}: {Phrases.Of(_proofs[i])}", SoFar);
        }
    }

    private Proof Prove(Proof proof, TimeSpan budget)
    {
        string name = $"{proof.Subject.Name} × {proof.Engine.Name}";
        watcher.GoesOn(name, SoFar);
        var progress = new Ticker(work => watcher.GoesOn($"{name}: {Phrases.Count(work, proof.Engine.Unit)}", SoFar));
        try
        {
            EngineReport report = proof.Engine.Run(proof.Subject.Spec,
                new(plan.Seed) { Budget = budget, Stop = stop, Progress = progress, Schedule = plan.Schedule });
            Verdict verdict = !report.Passed ? Verdict.Refuted : stop.IsCancellationRequested ? Verdict.Interrupted : Verdict.Held;
            return proof with { Report = report, Verdict = verdict };
        }
        catch (Exception exception)
        {
            return proof with { Verdict = Verdict.Error, Error = exception.Message };
        }
    }

    /// <summary>Tells at once and on the same thread, which <see cref="Progress{T}"/> does not.</summary>
    private sealed class Ticker(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
