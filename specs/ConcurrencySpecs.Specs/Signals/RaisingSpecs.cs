using ConcurrencySpecs.Signals;

public sealed class Raising_a_signal
{
    [Fact]
    public void returns_when_the_handler_has_completed()
    {
        int handled = 0;
        using IDisposable on = Signals.On(Signal.Usr1, _ => { Thread.Yield(); handled++; });
        for (int i = 1; i <= 200; i++)
        {
            Assert.Equal(RaiseResult.Completed, Signals.Raise(Signal.Usr1));
            Assert.Equal(i, handled);
        }
    }

    [Fact]
    public void runs_handlers_off_the_interrupted_thread_so_that_they_may_take_its_locks()
    {
        var gate = new Lock();
        int? handler = null;
        using IDisposable on = Signals.On(Signal.Usr1, _ => { lock (gate) handler = Environment.CurrentManagedThreadId; });
        lock (gate) Signals.Send(Environment.ProcessId, Signal.Usr1);
        Signals.Raise(Signal.Usr1);
        Assert.NotNull(handler);
        Assert.NotEqual(Environment.CurrentManagedThreadId, handler);
    }

    [Fact]
    public void only_queues_it_inside_a_handler_and_says_so()
    {
        var seen = new List<string>();
        using IDisposable second = Signals.On(Signal.Usr2, _ => seen.Add("second"));
        using IDisposable first = Signals.On(Signal.Usr1, _ =>
        {
            seen.Add($"{Signals.Raise(Signal.Usr2)}");
            seen.Add("first");
        });
        Signals.Raise(Signal.Usr1);
        Threads.WaitUntil(() => Volatile.Read(ref seen).Count == 3);
        Assert.Equal(["Queued", "first", "second"], seen);
    }

    [Fact]
    public void says_who_sent_it()
    {
        SignalInfo? seen = null;
        using IDisposable on = Signals.On(Signal.Usr1, info => seen = info);
        Signals.Raise(Signal.Usr1);
        Assert.Equal(new SignalInfo(Signal.Usr1, Environment.ProcessId), seen);
    }

    [Fact]
    public void gives_a_realtime_signal_as_often_as_it_was_sent_however_slow_its_handler_is()
    {
        const int Sent = 1_000;
        int handled = 0;
        using var begin = new ManualResetEventSlim();
        using IDisposable on = Signals.On(Signal.Realtime(1), _ => { begin.Wait(); handled++; });
        for (int i = 0; i < Sent; i++) Assert.Equal(SendResult.Sent, Signals.Send(Environment.ProcessId, Signal.Realtime(1)));
        begin.Set();
        Threads.WaitUntil(() => Volatile.Read(ref handled) >= Sent);
        Signals.Raise(Signal.Realtime(1));
        Assert.Equal(Sent + 1, handled);
    }

    [Fact]
    public void counts_those_that_find_no_room_in_the_pipe()
    {
        const int Raised = 40_000;              // the pipe holds 32,768
        int handled = 0;
        using var begin = new ManualResetEventSlim();
        using IDisposable on = Signals.On(Signal.Realtime(2), _ => { begin.Wait(); handled++; });
        for (int i = 0; i < Raised; i++) Assert.Equal(SendResult.Sent, Signals.Send(Environment.ProcessId, Signal.Realtime(2)));
        begin.Set();
        Signals.Raise(Signal.Realtime(2));
        Threads.WaitUntil(() => Volatile.Read(ref handled) > Raised);
        Assert.Equal(Raised + 1, handled);
    }

    [Fact]
    public void coalesces_a_standard_signal_and_queues_a_realtime_one_while_it_is_blocked()
    {
        (int Standard, int Realtime) handled = default;
        using IDisposable standard = Signals.On(Signal.Usr1, _ => handled.Standard++);
        using IDisposable realtime = Signals.On(Signal.Realtime(3), _ => handled.Realtime++);
        using IDisposable last = Signals.On(Signal.Usr2, _ => { });
        Threads.Run(() => BlockedSignals.During([Signal.Usr1, Signal.Realtime(3)], () =>
        {
            for (int i = 0; i < 10; i++)
            {
                BlockedSignals.RaiseHere(Signal.Usr1);
                BlockedSignals.RaiseHere(Signal.Realtime(3));
            }
        }));
        Signals.Raise(Signal.Usr2);
        Assert.Equal((1, 10), handled);
    }
}
