using System.Diagnostics;
using System.Runtime.ExceptionServices;
using ConcurrencySpecs.Testing.Programs;

namespace ConcurrencySpecs.Testing.RealThreads;

/// <summary>Threads that run attempts, and a watcher that tells waiting from hanging.</summary>
/// <remarks>
/// A call that waits legitimately (the model says that it must) is withdrawn as soon as nothing else moves. One that waits although it could go on
/// gets the run's patience first, so that a slow machine is not taken for a lost wake-up.
/// </remarks>
internal sealed class ThreadRig : IDisposable
{
    private const int HungAfterPatiences = 5;
    private const int Batch = 32;
    private static readonly TimeSpan _stillness = TimeSpan.FromMicroseconds(100), _stillnessBeforeSleep = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentSpec _spec;
    private readonly bool _mayWait;
    private readonly TimeSpan _patience;
    private readonly Worker[] _workers;

    public ThreadRig(ConcurrentSpec spec, int threads, TimeSpan patience)
    {
        (_spec, _patience, _mayWait) = (spec, patience, spec.Shapes.Any(shape => shape.MayWait));
        _workers = [.. Enumerable.Range(0, threads).Select(i => new Worker($"{spec.Name}, lane {i + 1}"))];
    }

    /// <summary>A lane never came back; its thread is lost and this rig runs nothing more.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>The only lane of <paramref name="program"/>, on a new object.</summary>
    public RunResult RunInOrder(ParallelProgram program)
    {
        var attempt = new Attempt(_spec, program);
        if (Run([attempt], 1, (_, only) => only[0].RunInOrder()) is { } stopped) return stopped;
        using (attempt) return RunResult.Judge(_spec, program, 1, attempt.Final()) ?? RunResult.Fine(program, 1);
    }

    /// <summary>All lanes of <paramref name="program"/> at once, on <paramref name="attempts"/> new objects, until a history fails.</summary>
    public RunResult RunTogether(ParallelProgram program, int attempts, ulong seed)
    {
        for (int run = 0; run < attempts; run += Batch)
        {
            Attempt[] batch = [.. Enumerable.Range(0, Math.Min(Batch, attempts - run)).Select(_ => new Attempt(_spec, program))];
            ulong batchSeed = Seeds.Mix(seed, (ulong)run);
            if (Run(batch, program.Lanes.Length, (lane, them) => RunLane(lane, them, batchSeed)) is { } stopped) return stopped with { Attempts = run + 1 };
            RunResult? failure = null;
            for (int i = 0; i < batch.Length; i++)
                using (Attempt attempt = batch[i])
                    if (!attempt.IsCalledOff) failure ??= RunResult.Judge(_spec, program, run + i + 1, attempt.Final());
            if (failure is not null) return failure;
        }

        return RunResult.Fine(program, attempts);
    }

    public void Dispose()
    {
        foreach (Worker worker in _workers) worker.Dispose();
    }

    private static void RunLane(int lane, Attempt[] batch, ulong seed)
    {
        var jitter = new Jitter(Seeds.Mix(seed, (ulong)lane));
        foreach (Attempt attempt in batch)
        {
            if (!attempt.Meet()) return;
            attempt.RunLane(lane, ref jitter);
        }
    }

    /// <summary>Null when every lane came to its end without having waited in vain.</summary>
    private RunResult? Run(Attempt[] batch, int lanes, Action<int, Attempt[]> body)
    {
        var finished = new CountdownEvent(lanes);   // not disposed: the last lane may still be leaving Signal
        for (int lane = 0; lane < lanes; lane++)
        {
            int mine = lane;
            _workers[lane].Start(() => body(mine, batch), finished);
        }

        long progress = -1;
        var still = Stopwatch.StartNew();
        RunResult? lost = null;
        var pause = new SpinWait();
        while (!finished.Wait(_mayWait && still.Elapsed < _stillnessBeforeSleep ? 0 : 1))       // whoever may be slow needs the core more than we do
        {
            pause.SpinOnce(sleep1Threshold: -1);
            long now = batch.Sum(static attempt => attempt.Progress);
            if (now != progress) still.Restart();
            progress = now;
            Attempt current = Array.Find(batch, static attempt => !attempt.IsOver && !attempt.IsCalledOff) ?? batch[^1];
            if (_mayWait && still.Elapsed >= _stillness && current.IsWaiting) lost ??= Withdraw(batch, current, patienceEnded: still.Elapsed > _patience);
            if (still.Elapsed < HungAfterPatiences * _patience) continue;
            IsStuck = true;
            return RunResult.Hung(_spec, current.Program, current.SoFar(), still.Elapsed);
        }

        foreach (Worker worker in _workers) worker.ThrowIfFaulted();
        return lost;
    }

    /// <summary>Ends the waiting of calls that have to wait. Of those that do not, once patience has ended: what they had come to is the failure.</summary>
    private RunResult? Withdraw(Attempt[] batch, Attempt current, bool patienceEnded)
    {
        long before = current.Progress;
        RunResult? lost = RunResult.Judge(_spec, current.Program, 1, current.SoFar());
        if (current.Progress != before || !current.IsWaiting) return null;      // somebody moved while we looked
        if (lost is not null && !patienceEnded) return null;
        if (lost is not null)
            foreach (Attempt later in batch.Where(attempt => attempt != current && !attempt.IsOver)) later.CallOff();
        current.Withdraw();
        return lost;
    }

    /// <summary>A background thread that runs what it is given, one after another.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly SemaphoreSlim _given = new(0);
        private Action? _body;
        private CountdownEvent? _finished;
        private Exception? _fault;

        public Worker(string name)
        {
            var thread = new Thread(Loop) { IsBackground = true, Name = name };
            thread.Start();
        }

        public void Start(Action body, CountdownEvent finished)
        {
            (_body, _finished) = (body, finished);
            _given.Release();
        }

        /// <summary>Throws what a body threw: an error of the spec's model or of the engine, not of the object under test.</summary>
        public void ThrowIfFaulted()
        {
            if (_fault is { } fault) ExceptionDispatchInfo.Throw(fault);
        }

        /// <summary>Lets the thread end after what it was given; one that is stuck is left behind and ends with the process.</summary>
        public void Dispose()
        {
            _body = null;
            _given.Release();
        }

        private void Loop()
        {
            while (true)
            {
                _given.Wait();
                if (_body is not { } body) return;
                CountdownEvent finished = _finished!;
                try
                {
                    body();
                }
                catch (Exception exception)
                {
                    _fault = exception;
                }

                finished.Signal();
            }
        }
    }
}
