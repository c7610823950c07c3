using System.Diagnostics;

namespace ConcurrencySpecs.Contracts.SharedMemory;

/// <summary>A thread that sleeps some milliseconds at a time and notes how late it wakes: what the machine does to anybody in the same time.</summary>
/// <remarks>
/// The control in measurements of waits that a death causes. A survivor goes on when the dying has been let run to its end, when one or two others in
/// the line before it have, and when it has itself: each of them may come as late as the bystander did. So a wait is <see cref="Excess"/>ive beyond
/// the promise and four such delays, and on an idle machine, where the bystander is less than a millisecond late, beyond the promise.
/// </remarks>
public sealed class Bystander : IDisposable
{
    private const int SleepMilliseconds = 2, Turns = 4;

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private long _asleepSince;
    private long _latest;

    public Bystander()
    {
        _thread = new Thread(Watch) { IsBackground = true, Name = "bystander" };
        _asleepSince = Stopwatch.GetTimestamp();
        _thread.Start();
    }

    /// <summary>How late it was at most since <see cref="Begin"/>, the sleep included in which it may be now.</summary>
    public TimeSpan Lateness
    {
        get
        {
            TimeSpan now = Late(Interlocked.Read(ref _asleepSince));
            var then = TimeSpan.FromTicks(Interlocked.Read(ref _latest));
            return now > then ? now : then;
        }
    }

    /// <summary>A wait begins.</summary>
    /// <returns>When.</returns>
    public long Begin()
    {
        Interlocked.Exchange(ref _latest, 0);
        return Stopwatch.GetTimestamp();
    }

    /// <summary>How much longer than promised a wait was, beyond what the machine explains; negative where the promise was kept.</summary>
    public TimeSpan Excess(long begun, TimeSpan promised) => Stopwatch.GetElapsedTime(begun) - promised - Turns * Lateness;

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Watch()
    {
        while (!_stop.Wait(SleepMilliseconds))
        {
            long late = Late(Interlocked.Read(ref _asleepSince)).Ticks;
            if (late > Interlocked.Read(ref _latest)) Interlocked.Exchange(ref _latest, late);
            Interlocked.Exchange(ref _asleepSince, Stopwatch.GetTimestamp());
        }
    }

    private static TimeSpan Late(long since)
    {
        TimeSpan late = Stopwatch.GetElapsedTime(since) - TimeSpan.FromMilliseconds(SleepMilliseconds);
        return late > TimeSpan.Zero ? late : TimeSpan.Zero;
    }
}
