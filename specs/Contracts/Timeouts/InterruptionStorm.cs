using System.Diagnostics;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Signals;

namespace ConcurrencySpecs.Contracts.Timeouts;

/// <summary>Every blocking call of the library on a thread whose system calls are interrupted all the time: each keeps its limit, none returns early.</summary>
public static class InterruptionStorm
{
    private const int Times = 2, LeastInterruptions = 10;

    /// <summary>The calls by name: type and method.</summary>
    public static IReadOnlyCollection<string> Calls => [.. BlockedCalls.All.Keys];

    /// <summary>Makes calls in the storm, in a process of their own; says what went wrong, or nothing.</summary>
    public static string WeatherInChild(TimeSpan patience, params string[] calls)
    {
        using ChildProcess<string> child = ChildProcess.Create<string[], string>(Weather, calls);
        child.Start();
        return child.Join(patience) ? child.Result : $"{string.Join(", ", calls)} had not returned after {patience.TotalSeconds} s";
    }

    private static string Weather(string[] calls) =>
        string.Join("; ", calls.Select(call => (Call: call, Wrong: Weather(call)))
            .Where(one => one.Wrong.Length > 0).Select(one => $"{one.Call}: {one.Wrong}"));

    /// <summary>Makes one of the calls several times in the storm.</summary>
    private static string Weather(string call)
    {
        ThreadInterruption.Prepare();
        using var holder = new Holder();
        Func<bool> timesOut = BlockedCalls.All[call](holder);
        int thread = 0, interruptions = 0;
        string wrong = "";
        bool done = false;
        var working = new Thread(() =>
        {
            Volatile.Write(ref thread, SignalCalls.CurrentThread());
            // on a machine with other work until there was a storm
            for (int i = 0; (i < Times || Volatile.Read(ref interruptions) < LeastInterruptions) && wrong.Length == 0; i++) wrong = Try(timesOut);
            Volatile.Write(ref done, true);
            while (Volatile.Read(ref thread) != 0) Thread.SpinWait(100);        // stays until nobody signals it any more
        })
        { IsBackground = true };
        working.Start();
        while (Volatile.Read(ref thread) == 0) Thread.SpinWait(100);
        for (; !Volatile.Read(ref done); Volatile.Write(ref interruptions, interruptions + 1))
        {
            ThreadInterruption.Interrupt(thread);
            Thread.SpinWait(2_000);
        }

        Volatile.Write(ref thread, 0);
        working.Join();
        return wrong;
    }

    private static string Try(Func<bool> timesOut)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            bool asItShould = timesOut();
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            return !asItShould ? "it did not time out"
                : took < BlockedCalls.Limit ? $"it returned after {took.TotalMilliseconds} ms of {BlockedCalls.Limit.TotalMilliseconds}" : "";
        }
        catch (Exception thrown)
        {
            return $"it threw {thrown}";
        }
    }
}
