using System.Diagnostics;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Timeouts;

/// <summary>The system's monotonic clock, by a timerfd that threads of its own wait for: some microseconds late when a core is free.</summary>
/// <remarks>
/// Leader and followers (Schmidt et al., "Leader/Followers", PLoP 2000): who takes a ring first sees to it that another thread waits for the
/// next one, so that a callback which takes long, or never ends, delays no other deadline.
/// </remarks>
internal sealed class MonotonicClock : DeadlineClock
{
    // I1  at least one thread waits for the timer, or is about to
    // I2  nothing comes before its moment: who is woken ahead of it looks at the clock until it has come
    private const int Spares = 2;
    private const long MostTicksBehind = 50, NanosecondsPerMillisecond = 1_000_000;
    private static readonly Lazy<MonotonicClock> _instance = new(() => new());
    private readonly int _timer = TimerCalls.Create();
    private readonly WakeUpLead _lead = new();
    private long _asked = Never;
    private int _waiting;

    private MonotonicClock()
    {
        Debug.Assert(Stopwatch.Frequency == 1_000_000_000, "On Linux the stopwatch counts nanoseconds of the clock that the timer runs by.");
        for (int i = 0; i < Spares; i++) StartThread();
    }

    public static MonotonicClock Instance => _instance.Value;

    public override long Now => Stopwatch.GetTimestamp();

    // The system's tick count is the same clock, read a fifth as dearly, and up to a tick of the scheduler behind.
    public override bool MayHaveCome(long due) => (Environment.TickCount64 + MostTicksBehind) * NanosecondsPerMillisecond >= due;

    protected override void WakeAt(long due)
    {
        long asked = Math.Max(1, due - _lead.Ahead);        // 0 would disarm the timer
        Volatile.Write(ref _asked, asked);
        TimerCalls.Set(_timer, asked);
    }

    private void StartThread()
    {
        Interlocked.Increment(ref _waiting);
        new Thread(Serve) { IsBackground = true, Name = "deadlines" }.Start();
    }

    private void Serve()
    {
        while (true)
        {
            TimerCalls.Await(_timer);
            if (Interlocked.Decrement(ref _waiting) == 0) StartThread();        // I1: the others are held up by their callbacks
            AwaitTheMoment();
            Ring();
            if (Volatile.Read(ref _waiting) >= Spares) return;                  // enough others wait: a helper that came back late
            Interlocked.Increment(ref _waiting);
        }
    }

    private void AwaitTheMoment()
    {
        long woken = Now;
        _lead.Woke(woken, woken - Volatile.Read(ref _asked));
        long moment = Approach(WakeUpLead.Most);
        if (moment > woken) _lead.Spent(moment - woken);        // beforehand: once it has come, its work goes first
        while (Now < moment) Thread.SpinWait(1);
    }
}
