using ConcurrencySpecs.Contracts.Timeouts;

namespace ConcurrencySpecs.Broken.Timeouts;

/// <summary>A shared alarm in ticks, correct as it stands; each twin overrides how a loan ends.</summary>
internal abstract class SharedAlarmTwin : ISharedAlarm
{
    private const long Second = TimeSpan.TicksPerSecond;
    protected long Left;
    protected long Interval;
    private (long Left, long Interval, long Since)? _lent;
    private long _now;

    public long Set(int first, int interval)
    {
        long before = Left;
        (Left, Interval) = (first * Second, first == 0 ? 0 : interval * Second);
        return before;
    }

    public void Borrow(int first)
    {
        if (_lent is not null) return;
        _lent = (Left, Interval, _now);
        Set(first, 0);
    }

    public void Return()
    {
        if (_lent is not { } lent) return;
        _lent = null;
        Restore(lent.Left, lent.Interval, _now - lent.Since);
    }

    public int Pass(int seconds)
    {
        _now += seconds * Second;
        int rings = 0;
        long left = Left - (seconds * Second);
        if (Left == 0) return 0;
        for (; left <= 0; left += Interval)
        {
            rings++;
            if (Interval == 0) break;
        }

        Left = Math.Max(0, left);
        return rings;
    }

    protected virtual void Restore(long left, long interval, long elapsed) => (Left, Interval) = (left == 0 ? 0 : Math.Max(1, left - elapsed), interval);
}

[Broken("cancels the timer when it is done, and the outer one that it had replaced with it", "Sequential")]
public sealed class AlarmLosesTheOuterTimer : SharedAlarmContract
{
    protected override ISharedAlarm NewSubject() => new Twin();

    private sealed class Twin : SharedAlarmTwin
    {
        protected override void Restore(long left, long interval, long elapsed) => (Left, Interval) = (0, 0);
    }
}

[Broken("restores the outer timer as it was, without the time that has passed", "Sequential")]
public sealed class AlarmRestoresTheFullTime : SharedAlarmContract
{
    protected override ISharedAlarm NewSubject() => new Twin();

    private sealed class Twin : SharedAlarmTwin
    {
        protected override void Restore(long left, long interval, long elapsed) => (Left, Interval) = (left, interval);
    }
}
