using System.Diagnostics;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Timeouts;

namespace ConcurrencySpecs.Benchmarks.Timeouts;

/// <summary>How long after its limit is a loop really over that heeds nothing, and when can the next call run?</summary>
internal sealed class Isolation : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMilliseconds(10), _untilTheSpareStands = TimeSpan.FromMilliseconds(300);
    private readonly IsolatedFunction<int, int> _function = new(static loops =>
    {
        while (loops > 0) Thread.SpinWait(1_000);
        return loops;
    });

    private double _next;

    public IEnumerable<Figure> Figures =>
    [
        new(TimeoutFigures.Overrun, "IsolatedFunction", "ms", Expire),
        new(TimeoutFigures.Next, "IsolatedFunction", "ms", () => _next),
        new(TimeoutFigures.Dying, "ChildProcess", "ms", Die),
    ];

    public void Dispose() => _function.Dispose();

    /// <summary>What the system needs by itself to take such a process apart: the most of an overrun.</summary>
    private static double Die()
    {
        using ChildProcess child = ChildProcess.Create(static () =>
        {
            while (true) Thread.SpinWait(1_000);
        });
        child.Start();
        Thread.Sleep(_untilTheSpareStands);
        long start = Stopwatch.GetTimestamp();
        child.Kill();
        child.Join();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private double Expire()
    {
        _function.Run(0, Timeout.InfiniteTimeSpan);
        Thread.Sleep(_untilTheSpareStands);
        long start = Stopwatch.GetTimestamp();
        try
        {
            _function.Run(1, _limit);
        }
        catch (IsolatedTimeoutException)
        {
            long end = Stopwatch.GetTimestamp();
            _function.Run(0, Timeout.InfiniteTimeSpan);
            _next = Stopwatch.GetElapsedTime(end).TotalMilliseconds;
            return (Stopwatch.GetElapsedTime(start, end) - _limit).TotalMilliseconds;
        }

        throw new InvalidOperationException("The loop has ended by itself.");
    }
}
