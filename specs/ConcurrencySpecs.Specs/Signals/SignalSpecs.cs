using ConcurrencySpecs.Signals;

public sealed class A_signal
{
    [Theory, InlineData(1, "SIGHUP"), InlineData(9, "SIGKILL"), InlineData(15, "SIGTERM"), InlineData(31, "SIGSYS"), InlineData(32, "signal 32")]
    [InlineData(34, "SIGRTMIN+0"), InlineData(64, "SIGRTMIN+30")]
    public void is_shown_by_the_name_that_kill_lists(int number, string name) => Assert.Equal(name, new Signal(number).ToString());

    [Theory, InlineData(0), InlineData(-1), InlineData(65)]
    public void has_a_number_from_1_to_64(int number) => Assert.Throws<ArgumentOutOfRangeException>(nameof(number), () => new Signal(number));

    [Theory, InlineData(-1), InlineData(31)]
    public void has_an_index_from_0_to_30_when_it_is_a_realtime_one(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(index), () => Signal.Realtime(index));

    [Fact]
    public void tells_whether_pending_ones_coalesce()
    {
        Assert.False(Signal.Usr1.IsRealtime);
        Assert.True(Signal.Realtime(1).IsRealtime);
    }
}

public sealed class A_reserved_signal
{
    [Theory]
    [InlineData(9, "never lets"), InlineData(19, "never lets"), InlineData(11, "exception"), InlineData(7, "exception"), InlineData(6, "fatal")]
    [InlineData(17, "Process"), InlineData(32, "C library"), InlineData(34, "garbage collector"), InlineData(64, "this package")]
    public void is_refused_by_name_with_the_reason(int number, string reason)
    {
        Func<IDisposable>[] ways = [() => Signals.On(new(number), _ => { }), () => Signals.Ignore(new(number)), () => Signals.Default(new(number))];
        foreach (Func<IDisposable> register in ways)
        {
            var refused = Assert.Throws<SignalRefusedException>(() => { register(); });
            Assert.Equal(number, refused.Signal.Number);
            Assert.Contains($"{new Signal(number)}", refused.Message, StringComparison.Ordinal);
            Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void is_not_what_default_means()
    {
        Assert.Throws<ArgumentException>("signal", () => { Signals.On(default, _ => { }); });
        Assert.Throws<ArgumentException>("signal", () => Signals.Raise(default));
        Assert.Throws<ArgumentException>("signal", () => Signals.Send(1, default));
    }
}
