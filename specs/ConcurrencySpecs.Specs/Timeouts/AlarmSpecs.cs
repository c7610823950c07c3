using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Signals;
using ConcurrencySpecs.Timeouts;

public sealed class An_alarm
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void returns_what_was_left_of_the_setting_that_it_replaces()
    {
        using var alarm = new Alarm(() => { }, _clock);
        Assert.Equal(default, alarm.Set(5 * _second));
        Assert.Equal(new AlarmSetting(5 * _second, default), alarm.Set(_second, 2 * _second));
        _clock.Advance(0.25 * _second);
        Assert.Equal(new AlarmSetting(0.75 * _second, 2 * _second), alarm.Setting);
        Assert.True(alarm.Cancel().IsSet);
        Assert.False(alarm.Cancel().IsSet);
    }

    [Fact]
    public void rings_first_and_then_at_each_interval()
    {
        int rings = 0;
        using var alarm = new Alarm(() => rings++, _clock);
        alarm.Set(0.2 * _second, 0.1 * _second);
        for (int i = 0; i < 11; i++) _clock.Advance(0.05 * _second);
        Assert.Equal(4, rings);
    }

    [Fact]
    public void rings_once_for_what_was_missed_and_stays_on_its_grid()
    {
        int rings = 0;
        using var alarm = new Alarm(() => rings++, _clock);
        alarm.Set(_second, _second);
        _clock.Advance(3.5 * _second);
        Assert.Equal((1, 0.5 * _second), (rings, alarm.Setting.Remaining));
    }

    [Fact]
    public void does_not_take_the_smallest_span_for_none()
    {
        using var alarm = new Alarm(() => { }, _clock);
        alarm.Set(TimeSpan.FromTicks(1));
        Assert.True(alarm.Setting.IsSet);
    }

    [Theory, InlineData(-1, 0), InlineData(1, -1), InlineData(int.MinValue, 0)]
    public void refuses_a_negative_span(int first, int interval)
    {
        using var alarm = new Alarm(() => { }, _clock);
        Assert.Throws<ArgumentOutOfRangeException>(() => alarm.Set(TimeSpan.FromMilliseconds(first), TimeSpan.FromMilliseconds(interval)));
    }

    [Theory, InlineData(0, 1), InlineData(1, 0)]
    public void refuses_a_span_of_more_than_a_century_which_would_ring_never_or_all_the_time(int first, int interval)
    {
        using var alarm = new Alarm(() => { }, _clock);
        foreach (TimeSpan span in (TimeSpan[])[TimeSpan.MaxValue, TimeSpan.FromDays(365 * 101)])
            Assert.Throws<ArgumentOutOfRangeException>(() => alarm.Set(first == 1 ? span : _second, interval == 1 ? span : TimeSpan.Zero));
        Assert.False(alarm.Setting.IsSet);
        alarm.Set(TimeSpan.FromDays(365 * 99), TimeSpan.FromDays(365 * 99));
        Assert.Equal(TimeSpan.FromDays(365 * 99), alarm.Setting.Remaining);
    }

    [Fact]
    public void is_given_back_with_the_time_that_remains()
    {
        int rings = 0;
        using var alarm = new Alarm(() => rings++, _clock);
        alarm.Set(5 * _second, _second);
        using (alarm.Borrow(_second)) _clock.Advance(2 * _second);
        Assert.Equal(1, rings);
        Assert.Equal(new AlarmSetting(3 * _second, _second), alarm.Setting);
        using (alarm.Borrow(10 * _second)) _clock.Advance(4 * _second);
        Assert.Equal(1, rings);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, rings);
    }

    [Fact]
    public void is_given_back_with_the_time_that_remains_although_borrowing_it_had_to_wait_for_a_ring()
    {
        using var ringing = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        using var alarm = new Alarm(() => { ringing.Set(); goOn.Wait(); }, _clock);
        alarm.Set(_second, 10 * _second);
        Running clock = Threads.Start(() => _clock.Advance(_second));
        ringing.Wait();
        IDisposable? loan = null;
        Running borrower = Threads.Start(() => loan = alarm.Borrow(100 * _second)).Blocked();
        _clock.Advance(4 * _second);            // the ring takes so long, and the alarm is borrowed after it
        goOn.Set();
        clock.Join();
        borrower.Join();
        loan!.Dispose();
        Assert.Equal(6 * _second, alarm.Setting.Remaining);
    }

    [Fact]
    public void does_not_ring_for_a_setting_that_was_taken_back() => Explore.Every(() =>
    {
        int rings = 0;
        var alarm = new Alarm(() => Interlocked.Increment(ref rings), new VirtualClock());
        alarm.Set(TimeSpan.FromMilliseconds(5));
        bool wasSet = alarm.Cancel().IsSet;
        Assert.Equal(wasSet ? 0 : 1, Volatile.Read(ref rings));
    });

    [Fact]
    public void can_be_set_by_its_own_ring()
    {
        Alarm? alarm = null;
        int rings = 0;
        alarm = new Alarm(() => { if (++rings < 3) alarm!.Set(_second); }, _clock);
        alarm.Set(_second);
        for (int i = 0; i < 5; i++) _clock.Advance(_second);
        Assert.Equal(3, rings);
    }

    [Fact]
    public void of_the_process_raises_SIGALRM_and_is_refused_while_nobody_handles_it()
    {
        Assert.Contains("Signals.On", Assert.Throws<InvalidOperationException>(() => Alarm.Process.Set(_second)).Message, StringComparison.Ordinal);
        using var rung = new ManualResetEventSlim();
        using IDisposable on = Signals.On(Signal.Alrm, _ => rung.Set());
        Alarm.Process.Set(TimeSpan.FromMilliseconds(1));
        Assert.True(rung.Wait(Threads.Patience));
        Assert.False(Alarm.Process.Setting.IsSet);
    }
}
