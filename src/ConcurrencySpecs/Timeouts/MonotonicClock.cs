using System.Diagnostics;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Timeouts;

/// <summary>The system's monotonic clock, by a timerfd that threads of its own wait for: some ten microseconds late when a core is free.</summary>
/// <remarks>
/// A sleeping thread needs about a tenth of a millisecond to be on the move again, most of it the core's own waking. So the timer rings that much
/// ahead, and the thread spins for what is then left: a tenth of a millisecond of one core at most, for each deadline that is not met in time.
/// <para/>
/// Leader and followers (Schmidt et al., "Leader/Followers", PLoP 2000): who takes a ring first sees to it that another thread waits for the
/// next one, so that a callback which takes long, or never ends, delays no other deadline.
/// </remarks>
internal sealed class MonotonicClock : DeadlineClock
{
    // I1  at least one thread waits for the timer, or is about to
    private const int Spares = 2;
    private const int SpinsPerLook = 10;
    private const long MostTicksBehind = 50, NanosecondsPerMillisecond = 1_000_000;
    private const long NanosecondsAhead = 100_000;
    private static readonly Lazy<MonotonicClock> _instance = new(() => new());
    private readonly int _timer = TimerCalls.Create();
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

    protected override void WakeAt(long due) => TimerCalls.Set(_timer, Math.Max(1, due - NanosecondsAhead));

    private void StartThread()
    {
        Interlocked.Increment(ref _waiting);
        new Thread(Serve) { IsBackground = true, Name = "deadlines" }.Start();
    }

    private void SpinUntilDue()
    {
        while (WakeUp - Now is > 0 and <= NanosecondsAhead) Thread.SpinWait(SpinsPerLook);
    }

    private void Serve()
    {
        while (true)
        {
            TimerCalls.Await(_timer);
            if (Interlocked.Decrement(ref _waiting) == 0) StartThread();        // I1: the others are held up by their callbacks
            SpinUntilDue();
            Ring();
            if (Volatile.Read(ref _waiting) >= Spares) return;                  // enough others wait: a helper that came back late
            Interlocked.Increment(ref _waiting);
        }
    }
}
