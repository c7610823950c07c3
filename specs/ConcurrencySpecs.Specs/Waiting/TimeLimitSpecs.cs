using ConcurrencySpecs.Waiting;

public sealed class A_time_limit
{
    [Fact]
    public void is_over_at_once_when_it_is_zero() => Assert.True(TimeLimit.Of(TimeSpan.Zero, TimeProvider.System).IsNow);

    [Fact]
    public void asks_a_system_wait_for_a_millisecond_more_so_that_it_never_ends_early()
    {
        Assert.Equal(201, TimeLimit.Of(TimeSpan.FromMilliseconds(200), TimeProvider.System).ThreadMilliseconds);
        Assert.Equal(2, TimeLimit.Of(TimeSpan.FromTicks(1), TimeProvider.System).ThreadMilliseconds);
    }

    [Fact]
    public void never_ends_when_it_is_infinite()
    {
        var limit = TimeLimit.Of(Timeout.InfiniteTimeSpan, TimeProvider.System);
        Assert.Equal(Timeout.Infinite, limit.ThreadMilliseconds);
        Assert.Null(limit.TaskAlarm(_ => { }, this));
    }

    [Fact]
    public void rings_by_the_clock_it_was_given()
    {
        var clock = new FakeTimeProvider();
        int rings = 0;
        using ITimer? alarm = TimeLimit.Of(TimeSpan.FromSeconds(5), clock).ThreadAlarm(_ => rings++, this);

        clock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Equal(0, rings);
        clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(1, rings);
    }

    [Theory, InlineData(-2), InlineData(-1000), InlineData((double)int.MaxValue), InlineData(1e12)]
    public void refuses_a_negative_or_a_boundless_span(double milliseconds) => Assert.Throws<ArgumentOutOfRangeException>(
        "timeout", () => TimeLimit.Of(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System));
}
