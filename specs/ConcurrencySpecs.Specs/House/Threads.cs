using System.Diagnostics;
using System.Runtime.ExceptionServices;

/// <summary>Real threads for specs: they start together, fail the spec when one fails, and never hang it.</summary>
internal static class Threads
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs the bodies at once and returns when all are done.</summary>
    public static void Run(params Action[] bodies)
    {
        using var start = new Barrier(bodies.Length);
        Running[] crew = [.. bodies.Select(body => Start(() => { start.SignalAndWait(Patience); body(); }))];
        foreach (Running one in crew) one.Join();
    }

    public static Running Start(Action body) => new(body);

    /// <summary>Waits, without a fixed sleep, until a condition holds.</summary>
    public static void WaitUntil(Func<bool> condition)
    {
        var spin = new SpinWait();
        for (long start = Stopwatch.GetTimestamp(); !condition(); spin.SpinOnce(sleep1Threshold: -1))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience) Assert.Fail("The condition did not come to hold in time.");
        }
    }
}

/// <summary>A thread with its outcome.</summary>
internal sealed class Running
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    public Running(Action body)
    {
        _thread = new Thread(() =>
        {
            try { body(); }
            catch (Exception failure) { _failure = ExceptionDispatchInfo.Capture(failure); }
        })
        { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Returns once the thread has come to rest in a blocking call.</summary>
    public Running Blocked()
    {
        Threads.WaitUntil(() => (_thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0 || !_thread.IsAlive);
        Assert.True(_thread.IsAlive, "The thread was expected to block and has ended.");
        return this;
    }

    public void Interrupt() => _thread.Interrupt();

    /// <summary>Whether it ends within so long; says nothing about how.</summary>
    public bool Ends(TimeSpan within) => _thread.Join(within);

    public void Join()
    {
        Assert.True(_thread.Join(Threads.Patience), "A thread that should have ended still runs.");
        _failure?.Throw();
    }
}
