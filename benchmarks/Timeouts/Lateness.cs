using System.Diagnostics;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Timeouts;

namespace ConcurrencySpecs.Benchmarks.Timeouts;

/// <summary>How late is a deadline of 10 ms? The measuring thread sleeps meanwhile, as a program that waits does.</summary>
internal sealed class Lateness(ICollection<string> leftOut) : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMilliseconds(10);
    private readonly ManualResetEventSlim _come = new();
    private readonly Peer? _python = Peer.Python("setitimer.py", leftOut);
    private long _at;

    public IEnumerable<Figure> Figures =>
    [
        new(TimeoutFigures.Late, "Deadline", "µs", OfDeadline),
        new(TimeoutFigures.Late, "CancelAfter", "µs", OfCancelAfter),
        .. _python is null ? (Figure[])[] : [new(TimeoutFigures.Late, "Python setitimer", "µs", OfPython)],
    ];

    public void Dispose()
    {
        _come.Dispose();
        _python?.Dispose();
    }

    private double OfDeadline()
    {
        long start = Stopwatch.GetTimestamp();
        using var deadline = new Deadline(_limit);
        deadline.Token.UnsafeRegister(Come, null);
        return Late(start);
    }

    private double OfCancelAfter()
    {
        long start = Stopwatch.GetTimestamp();
        using var source = new CancellationTokenSource(_limit);
        source.Token.UnsafeRegister(Come, null);
        return Late(start);
    }

    private double OfPython() => _python!.Ask("arm");

    private void Come(object? state)
    {
        _at = Stopwatch.GetTimestamp();
        _come.Set();
    }

    private double Late(long start)
    {
        _come.Wait();
        _come.Reset();
        return (Stopwatch.GetElapsedTime(start, _at) - _limit).TotalMicroseconds;
    }
}
