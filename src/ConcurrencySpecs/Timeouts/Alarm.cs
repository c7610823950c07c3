using ConcurrencySpecs.Native;
using ConcurrencySpecs.Signals;

namespace ConcurrencySpecs.Timeouts;

/// <summary>One timer that is shared, as setitimer has it: a new setting replaces the old one and returns what was left of it.</summary>
/// <remarks>
/// <para>Progress — setting waits for a ring that is under way, and for nothing else.</para>
/// <para>Ordering — a setting that was replaced does not ring any more once the call that replaced it has returned.</para>
/// <para>Cost — as a <see cref="Deadline"/>: nothing allocated, at most one system call.</para>
/// <para>Failure — rings that fall due while one is under way, or while the machine stands still, become one; the next stays on its grid.
/// A ring that throws ends the process, as with a timer.</para>
/// <para>Source — setitimer(2) of POSIX.1; restoring what is left after nested use is what Python's wrappers around it forget.</para>
/// </remarks>
public sealed class Alarm : IDisposable
{
    // I1  _due and _interval change, and rings run, under _gate
    private const long NotSet = DeadlineClock.Never;
    private const long NanosecondsPerTick = 100;
    private static readonly TimeSpan _longest = TimeSpan.FromDays(36_525);      // far from where nanoseconds overflow
    private static readonly Lazy<Alarm> _process = new(() => new(RaiseAlarm, TimeProvider.System, ThrowIfUnheard));
    private readonly Lock _gate = new();
    private readonly DeadlineClock _clock;
    private readonly Action _ring;
    private readonly Action _beforeSetting;
    private readonly Moment _moment;
    private long _due = NotSet;
    private TimeSpan _interval;

    /// <summary>An alarm of its own, not set, that calls <paramref name="ring"/> on a thread of the deadlines.</summary>
    public Alarm(Action ring) : this(ring, TimeProvider.System) { }

    /// <summary>The same on a clock of your own, which a test moves.</summary>
    public Alarm(Action ring, TimeProvider clock) : this(ring, clock, static () => { }) { }

    private Alarm(Action ring, TimeProvider clock, Action beforeSetting)
    {
        ArgumentNullException.ThrowIfNull(ring);
        (_ring, _beforeSetting, _clock, _moment) = (ring, beforeSetting, DeadlineClock.Of(clock), new Moment(this));
    }

    /// <summary>The alarm of the process: it sends SIGALRM, so that the handlers of <c>Signals.On(Signal.Alrm, …)</c> are called.</summary>
    /// <remarks>Setting it throws <see cref="InvalidOperationException"/> when there is none, because the signal would end the process.</remarks>
    public static Alarm Process => _process.Value;

    /// <summary>What is left of the setting.</summary>
    public AlarmSetting Setting
    {
        get { lock (_gate) return new(_due == NotSet ? TimeSpan.Zero : Left, _interval); }
    }

    /// <summary>Sets the alarm anew, in place of what was set.</summary>
    /// <param name="first">Until the first ring; zero: no ring, as <see cref="Cancel"/>.</param>
    /// <param name="interval">Between the rings after that; zero: it rings once.</param>
    /// <returns>What was left of the setting before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A span is negative, or longer than a century.</exception>
    public AlarmSetting Set(TimeSpan first, TimeSpan interval = default)
    {
        Check(first, interval);
        lock (_gate) return SetNow(first, interval);
    }

    /// <summary>Takes the setting back.</summary>
    /// <returns>What was left of it.</returns>
    public AlarmSetting Cancel() => Set(TimeSpan.Zero);

    /// <summary>Sets the alarm for a while: when the result is disposed, the setting before is in force again, less the time that has passed.</summary>
    /// <remarks>If that would have rung meanwhile, it rings at once.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A span is negative, or longer than a century.</exception>
    public IDisposable Borrow(TimeSpan first, TimeSpan interval = default)
    {
        Check(first, interval);
        lock (_gate)
        {
            long now = _clock.Now;      // under the gate: what is left was counted then, after a ring that we may have waited for
            return new Loan(this, SetNow(first, interval), now);
        }
    }

    /// <summary>As <see cref="Cancel"/>.</summary>
    public void Dispose() => Cancel();

    private TimeSpan Left => DeadlineClock.Between(Math.Min(_clock.Now, _due - 1), _due);      // one that is just ringing has a tick left

    private void Come()
    {
        lock (_gate)
        {
            long now = _clock.Now;
            if (_due > now) return;             // set anew since
            long step = _interval.Ticks * NanosecondsPerTick;
            _due = step == 0 ? NotSet : _due + (step * (1 + ((now - _due) / step)));
            _clock.Arm(_moment, _due);
            _ring();
        }
    }

    private void Restore(AlarmSetting before, long borrowed)
    {
        if (before.IsSet) _beforeSetting();
        lock (_gate)
        {
            TimeSpan elapsed = TimeSpan.FromTicks((_clock.Now - borrowed) / NanosecondsPerTick);
            TimeSpan left = before.Remaining - elapsed;
            SetNow(!before.IsSet ? TimeSpan.Zero : left > TimeSpan.Zero ? left : TimeSpan.FromTicks(1), before.Interval);
        }
    }

    private void Check(TimeSpan first, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, _longest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, _longest);
        if (first > TimeSpan.Zero) _beforeSetting();
    }

    private AlarmSetting SetNow(TimeSpan first, TimeSpan interval)
    {
        AlarmSetting before = Setting;
        _clock.Disarm(_moment);
        _due = first == TimeSpan.Zero ? NotSet : DeadlineClock.After(_clock.Now, first);
        _interval = _due == NotSet ? TimeSpan.Zero : interval;
        _clock.Arm(_moment, _due);
        return before;
    }

    private static void RaiseAlarm() => SignalCalls.Kill(Environment.ProcessId, Signal.Alrm.Number);

    private static void ThrowIfUnheard()
    {
        if (!Signals.Signals.IsRegistered(Signal.Alrm))
            throw new InvalidOperationException("SIGALRM has no handler, so the alarm would end the process. Register one first: "
                + "Signals.On(Signal.Alrm, …).");
    }

    private sealed class Moment(Alarm owner) : DeadlineEntry
    {
        public override void Come() => owner.Come();
    }

    private sealed class Loan(Alarm alarm, AlarmSetting before, long borrowed) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0) alarm.Restore(before, borrowed);
        }
    }
}
