using System.Diagnostics;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Timeouts;

namespace ConcurrencySpecs.Benchmarks.Timeouts;

/// <summary>What does it cost to arm a deadline of 10 s and to disarm it, as nearly every deadline is?</summary>
internal sealed class Arming : IDisposable
{
    private const int Times = 10_000;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);
    private readonly Deadline _deadline = new(_limit);
    private readonly CancellationTokenSource _source = new();

    public Arming() => _deadline.TryComplete();

    public IEnumerable<Figure> Figures =>
    [
        new(TimeoutFigures.Arm, "Deadline", "ns", () => Nanoseconds(Restart)),
        new(TimeoutFigures.Arm, "CancelAfter, a new source", "ns", () => Nanoseconds(New)),
        new(TimeoutFigures.Arm, "CancelAfter, TryReset", "ns", () => Nanoseconds(Reset)),
        new(TimeoutFigures.Bytes, "Deadline", "B", () => Bytes(Restart)),
        new(TimeoutFigures.Bytes, "CancelAfter, a new source", "B", () => Bytes(New)),
        new(TimeoutFigures.Bytes, "CancelAfter, TryReset", "B", () => Bytes(Reset)),
    ];

    public void Dispose()
    {
        _deadline.Dispose();
        _source.Dispose();
    }

    private void Restart()
    {
        for (int i = 0; i < Times; i++) if (!_deadline.TryRestart(_limit) || !_deadline.TryComplete()) throw new InvalidOperationException("It expired.");
    }

    private static void New()
    {
        for (int i = 0; i < Times; i++)
        {
            using var source = new CancellationTokenSource();
            source.CancelAfter(_limit);
        }
    }

    private void Reset()
    {
        for (int i = 0; i < Times; i++)
        {
            _source.CancelAfter(_limit);
            if (!_source.TryReset()) throw new InvalidOperationException("It expired.");
        }
    }

    private static double Nanoseconds(Action body)
    {
        long start = Stopwatch.GetTimestamp();
        body();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Times;
    }

    private static double Bytes(Action body)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        body();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }
}
