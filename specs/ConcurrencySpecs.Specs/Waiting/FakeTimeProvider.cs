/// <summary>A clock that moves only when a spec moves it, and rings the alarms that fall due on the way, oldest first.</summary>
internal sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many alarms are set: a spec that blocks a thread waits for its alarm before it moves the clock.</summary>
    public int Alarms
    {
        get { lock (_gate) return _alarms.Count; }
    }

    public override long GetTimestamp()
    {
        lock (_gate) return _now.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, period);
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan span)
    {
        lock (_gate) _now += span;
        while (TakeDue() is { } alarm) alarm.Ring();
    }

    private Alarm? TakeDue()
    {
        lock (_gate)
        {
            Alarm? due = _alarms.Where(alarm => alarm.Due <= _now).MinBy(alarm => alarm.Due);
            if (due is not null) _alarms.Remove(due);
            return due;
        }
    }

    private sealed class Alarm(FakeTimeProvider clock, Action ring) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock._now + dueTime;
                clock._alarms.Add(this);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
