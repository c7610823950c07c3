using System.Diagnostics;
using System.Globalization;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>A thread that sleeps some milliseconds at a time and notes how late it wakes: what the machine does to anybody in the same time.</summary>
/// <remarks>
/// The control in measurements of waits that a death causes. A survivor goes on when the dying has been let run to its end, when one or two others in
/// the line before it have, and when it has itself: each of them may come as late as the bystander did. So a wait is <see cref="Excess"/>ive beyond
/// the promise and four such delays, and on an idle machine, where the bystander is less than a millisecond late, beyond the promise.
/// <para>One who computes waits longer for a core than one who sleeps, and one who holds something keeps the survivor waiting as long. The system
/// counts that time for each process, so that it is known and not guessed: a wait may last as much longer as the worst of them stood in line for a
/// core. Who sleeps stands in no such line, so that a wake-up that is lost or late is seen on any machine.</para>
/// </remarks>
public sealed class Bystander : IDisposable
{
    private const int SleepMilliseconds = 2, Turns = 4;

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private readonly List<CoreQueue> _beside = [];
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

    /// <summary>The longest that one of those beside, or the caller itself, stood in line for a core since <see cref="Begin"/>.</summary>
    public TimeSpan InLine => _beside.Select(one => one.SinceBegin).DefaultIfEmpty().Max();

    /// <summary>A wait begins.</summary>
    /// <param name="beside">The processes that may keep it waiting because their first thread, which does the work, waits for a core itself.</param>
    /// <returns>When.</returns>
    public long Begin(params IEnumerable<int> beside)
    {
        Interlocked.Exchange(ref _latest, 0);
        _beside.Clear();
        _beside.AddRange(beside.Select(process => $"/proc/{process}/schedstat").Append("/proc/thread-self/schedstat").Select(CoreQueue.Of));
        return Stopwatch.GetTimestamp();
    }

    /// <summary>How much longer than promised a wait was, beyond what the machine explains; negative where the promise was kept.</summary>
    public TimeSpan Excess(long begun, TimeSpan promised)
    {
        TimeSpan took = Stopwatch.GetElapsedTime(begun) - promised, late = Turns * Lateness;
        if (took - late <= TimeSpan.Zero) return took - late;
        TimeSpan inLine = InLine;
        return took - (late > inLine ? late : inLine);
    }

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

    /// <summary>How long a thread has stood in line for a core: the second figure of its <c>schedstat</c>, in nanoseconds.</summary>
    private readonly record struct CoreQueue(string File, TimeSpan AtBegin)
    {
        /// <summary>Nothing once the process is gone, and where the system does not count.</summary>
        public TimeSpan SinceBegin => Now(File) is var now && now > AtBegin ? now - AtBegin : TimeSpan.Zero;

        public static CoreQueue Of(string file) => new(file, Now(file));

        private static TimeSpan Now(string file)
        {
            try
            {
                string nanoseconds = System.IO.File.ReadAllText(file).Split(' ')[1];
                return TimeSpan.FromMicroseconds(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1_000);
            }
            catch (IOException)
            {
                return TimeSpan.Zero;
            }
        }
    }
}
