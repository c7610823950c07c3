using ConcurrencySpecs.Signals;

public sealed class A_stream_of_signals
{
    [Fact]
    public async Task gives_them_in_the_order_of_their_arrival()
    {
        using SignalStream stream = Signals.Stream(Signal.Usr1, Signal.Realtime(1));
        Signals.Raise(Signal.Usr1);
        Signals.Raise(Signal.Realtime(1));
        Signals.Raise(Signal.Usr1);
        var seen = new List<Signal>();
        await foreach (SignalInfo signal in stream)
        {
            seen.Add(signal.Signal);
            if (seen.Count == 3) break;
        }

        Assert.Equal([Signal.Usr1, Signal.Realtime(1), Signal.Usr1], seen);
    }

    [Fact]
    public async Task lets_go_of_its_signals_when_the_loop_is_left()
    {
        int handled = 0;
        using IDisposable below = Signals.On(Signal.Usr1, _ => handled++);
        SignalStream stream = Signals.Stream(Signal.Usr1);
        Signals.Raise(Signal.Usr1);
        await foreach (SignalInfo _ in stream) break;
        Signals.Raise(Signal.Usr1);
        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task ends_when_it_is_disposed_or_cancelled()
    {
        SignalStream stream = Signals.Stream(Signal.Usr1);
        await using (IAsyncEnumerator<SignalInfo> reading = stream.GetAsyncEnumerator())
        {
            ValueTask<bool> next = reading.MoveNextAsync();
            stream.Dispose();
            Assert.False(await next);
        }

        using var cancel = new CancellationTokenSource();
        await using IAsyncEnumerator<SignalInfo> cancelled = Signals.Stream(Signal.Usr1).GetAsyncEnumerator(cancel.Token);
        ValueTask<bool> never = cancelled.MoveNextAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await never);
    }

    [Fact]
    public void lets_go_of_the_others_when_one_is_refused()
    {
        int handled = 0;
        using IDisposable below = Signals.On(Signal.Usr1, _ => handled++);
        Assert.Throws<SignalRefusedException>(() => Signals.Stream(Signal.Usr1, Signal.Kill));
        Signals.Raise(Signal.Usr1);
        Assert.Equal(1, handled);
    }

    [Fact]
    public void keeps_its_signals_when_it_is_disposed_before_a_newer_registration_and_lets_go_of_them_afterwards()
    {
        int handled = 0;
        using IDisposable below = Signals.On(Signal.Usr1, _ => handled++);
        SignalStream stream = Signals.Stream(Signal.Usr1, Signal.Usr2);
        using (Signals.Ignore(Signal.Usr1)) Assert.Throws<InvalidOperationException>(stream.Dispose);
        Signals.Raise(Signal.Usr1);
        Assert.Equal(0, handled);
        stream.Dispose();
        Signals.Raise(Signal.Usr1);
        Assert.Equal(1, handled);
    }

    [Fact] public void needs_a_signal() => Assert.Throws<ArgumentOutOfRangeException>("signals", () => Signals.Stream());
}
