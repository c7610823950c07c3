using System.Diagnostics;
using System.Globalization;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Processes;

namespace ConcurrencySpecs.Benchmarks.Processes;

/// <summary>What does it cost to start a child that does nothing, and to wait for its end?</summary>
internal static class StartAndJoin
{
    public static double Milliseconds()
    {
        long start = Stopwatch.GetTimestamp();
        using ChildProcess child = ChildProcess.Create(static () => { }).Start();
        child.Join();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>The same for a run of this program that returns from Main at once, started by the platform: what the runtime's own start costs.</summary>
    public static double MillisecondsOfNothing()
    {
        long start = Stopwatch.GetTimestamp();
        using Process child = Peer.StartOurselves(ProcessFigures.Nothing);
        child.WaitForExit();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Measures once for every line that is read, for a process whose Main has no line that takes over.</summary>
    public static int Serve()
    {
        while (Console.ReadLine() is not null) Console.WriteLine(Milliseconds().ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
