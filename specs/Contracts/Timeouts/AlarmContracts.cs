using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Timeouts;
using FsCheck;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Timeouts;

/// <summary>One shared alarm on a clock that is moved, in seconds; 0: not set.</summary>
public interface ISharedAlarm
{
    /// <summary>Sets it anew; what was left, in ticks.</summary>
    long Set(int first, int interval);

    /// <summary>Sets it for a while.</summary>
    void Borrow(int first);

    /// <summary>Gives it back: what was set before goes on.</summary>
    void Return();

    /// <summary>Time passes; how often it rang.</summary>
    int Pass(int seconds);
}

/// <summary>How an alarm is set, in ticks: what is left, the interval, and what was set when it was lent.</summary>
public sealed record AlarmState(long Left, long Interval, AlarmLoan? Lent);

/// <summary>What was set when the alarm was lent, and how long ago that is, in ticks.</summary>
public sealed record AlarmLoan(long Left, long Interval, long Elapsed);

/// <summary>What a shared alarm owes: one setting at a time, what was left is returned, and a loan is given back less the time that has passed.</summary>
public abstract class SharedAlarmContract : ConcurrentSpec<ISharedAlarm, AlarmState>
{
    protected override AlarmState InitialState => new(0, 0, null);

    protected override IEnumerable<Operation<ISharedAlarm, AlarmState>> Operations =>
    [
        Operation("Set", Gen.Choose(0, 5).ArrayOf(2), (alarm, to) => alarm.Set(to[0], to[1]), (state, to) =>
            (state with { Left = to[0] * Second, Interval = to[0] == 0 ? 0 : to[1] * Second }, state.Left)).By("owner"),
        Operation("Borrow", Gen.Choose(1, 5), Borrow, (state, first) =>
            state.Lent is null ? (new AlarmState(first * Second, 0, new(state.Left, state.Interval, 0)), true) : (state, true)).By("owner"),
        Operation("Return", Return, state => state.Lent is { } lent ? (Restored(lent), true) : (state, true)).By("owner"),
        Operation("Pass", Gen.Choose(1, 7), (alarm, seconds) => alarm.Pass(seconds), (state, seconds) => Pass(state, seconds * Second)).By("owner"),
    ];

    private const long Second = TimeSpan.TicksPerSecond;

    // What should have rung while the alarm was lent rings a tick after it is back.
    private static AlarmState Restored(AlarmLoan lent) =>
        lent.Left == 0 ? new(0, 0, null) : new(Math.Max(1, lent.Left - lent.Elapsed), lent.Interval, null);

    private static Step<AlarmState, int> Pass(AlarmState state, long span)
    {
        AlarmLoan? lent = state.Lent is { } loan ? loan with { Elapsed = loan.Elapsed + span } : null;
        if (state.Left == 0) return (state with { Lent = lent }, 0);
        if (state.Left > span) return (state with { Left = state.Left - span, Lent = lent }, 0);
        if (state.Interval == 0) return (new AlarmState(0, 0, lent), 1);
        int rings = 1 + (int)((span - state.Left) / state.Interval);
        return (new AlarmState(state.Left + (rings * state.Interval) - span, state.Interval, lent), rings);
    }

    private static bool Borrow(ISharedAlarm alarm, int first)
    {
        alarm.Borrow(first);
        return true;
    }

    private static bool Return(ISharedAlarm alarm)
    {
        alarm.Return();
        return true;
    }
}

public sealed class AlarmContract : SharedAlarmContract
{
    protected override ISharedAlarm NewSubject() => new Shared();

    private sealed class Shared : ISharedAlarm, IDisposable
    {
        private readonly ManualClock _clock = new();
        private readonly Alarm _alarm;
        private IDisposable? _loan;
        private int _rings;

        public Shared() => _alarm = new Alarm(() => _rings++, _clock);

        public long Set(int first, int interval) => _alarm.Set(TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(interval)).Remaining.Ticks;

        public void Borrow(int first) => _loan ??= _alarm.Borrow(TimeSpan.FromSeconds(first));

        public void Return()
        {
            _loan?.Dispose();
            _loan = null;
        }

        public int Pass(int seconds)
        {
            _rings = 0;
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            return _rings;
        }

        public void Dispose() => _alarm.Dispose();
    }
}
