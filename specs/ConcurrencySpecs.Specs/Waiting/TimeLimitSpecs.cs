using ConcurrencySpecs.Waiting;

public sealed class A_time_limit
{
    [Fact]
    public void is_over_at_once_when_it_is_zero() => Assert.True(TimeLimit.Of(TimeSpan.Zero, TimeProvider.System).IsNow);

    [Fact]
    public void counts_what_is_left_in_whole_milliseconds_and_never_too_few()
    {
        var clock = new FakeTimeProvider();
        var limit = TimeLimit.Of(TimeSpan.FromMilliseconds(200), clock);
        Assert.Equal(TimeSpan.FromMilliseconds(200), limit.Left);
        clock.Advance(TimeSpan.FromMilliseconds(199.1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), limit.Left);
        clock.Advance(TimeSpan.FromMilliseconds(0.9));
        Assert.Equal(TimeSpan.Zero, limit.Left);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.Zero, limit.Left);
    }

    [Fact]
    public void never_ends_when_it_is_infinite()
    {
        var limit = TimeLimit.Of(Timeout.InfiniteTimeSpan, TimeProvider.System);
        Assert.False(limit.IsKeptByThread);
        Assert.Null(limit.ThreadAlarm(() => { }));
        Assert.Null(limit.TaskAlarm(() => { }));
    }

    [Fact]
    public void rings_by_the_clock_it_was_given()
    {
        var clock = new FakeTimeProvider();
        int rings = 0;
        using Alarm? alarm = TimeLimit.Of(TimeSpan.FromSeconds(5), clock).ThreadAlarm(() => rings++);

        clock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Equal(0, rings);
        clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(1, rings);
    }

    [Fact]
    public void is_not_over_when_a_timer_comes_early()
    {
        // Once the system's wait for 200 ms ended after 199.5 ms: it counts ticks of up to some milliseconds.
        var clock = new FakeTimeProvider { TimersComeEarlyBy = TimeSpan.FromMilliseconds(4) };
        int rings = 0;
        using Alarm? alarm = TimeLimit.Of(TimeSpan.FromMilliseconds(200), clock).TaskAlarm(() => rings++);

        clock.Advance(TimeSpan.FromMilliseconds(197));
        Assert.Equal(0, rings);
        clock.TimersComeEarlyBy = TimeSpan.Zero;
        clock.Advance(TimeSpan.FromMilliseconds(3));
        Assert.Equal(1, rings);
    }

    [Theory, InlineData(-2), InlineData(-1000), InlineData(int.MaxValue + 1.0), InlineData(1e12)]
    public void refuses_a_negative_or_a_boundless_span(double milliseconds) => Assert.Throws<ArgumentOutOfRangeException>(
        "timeout", () => TimeLimit.Of(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System));
}
