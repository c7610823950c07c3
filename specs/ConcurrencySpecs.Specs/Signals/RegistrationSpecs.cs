using System.Diagnostics;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Signals;

public sealed class A_signal_registration
{
    [Fact]
    public void gives_way_to_a_newer_one_and_comes_back()
    {
        string seen = "";
        using (Signals.On(Signal.Usr1, _ => seen += "a"))
        {
            using (Signals.On(Signal.Usr1, _ => seen += "b"))
            {
                using (Signals.Ignore(Signal.Usr1)) Signals.Raise(Signal.Usr1);
                Signals.Raise(Signal.Usr1);
            }

            Signals.Raise(Signal.Usr1);
        }

        Assert.Equal("ba", seen);
    }

    [Fact]
    public void leaves_the_action_that_was_there_before()
    {
        nint before = Action(Signal.Term);
        using (Signals.On(Signal.Term, _ => { }))
        using (Signals.Default(Signal.Term))
            Assert.Equal(SignalAction.Default, Action(Signal.Term));
        Assert.Equal(before, Action(Signal.Term));
    }

    [Fact]
    public void is_not_called_any_more_when_it_has_been_disposed()
    {
        int handled = 0;
        using (Signals.Ignore(Signal.Usr2))
        {
            IDisposable on = Signals.On(Signal.Usr2, _ => { Thread.Yield(); handled++; });
            for (int i = 0; i < 20; i++) Signals.Send(Environment.ProcessId, Signal.Usr2);
            on.Dispose();
            int seen = handled;
            Signals.Raise(Signal.Usr2);
            Assert.Equal(seen, handled);
            on.Dispose();
        }
    }

    [Fact]
    public void can_be_disposed_by_its_own_handler()
    {
        int handled = 0;
        using IDisposable below = Signals.Ignore(Signal.Usr1);
        IDisposable? on = null;
        on = Signals.On(Signal.Usr1, _ => { handled++; on!.Dispose(); });
        Signals.Raise(Signal.Usr1);
        Signals.Raise(Signal.Usr1);
        Assert.Equal(1, handled);
    }

    [Fact]
    public void is_refused_when_its_handler_is_registered_already()
    {
        Action<SignalInfo> handler = _ => { };
        using IDisposable on = Signals.On(Signal.Usr1, handler);
        var refused = Assert.Throws<SignalRefusedException>(() => { Signals.On(Signal.Usr1, handler); });
        Assert.Contains("already", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_to_be_disposed_before_a_newer_one()
    {
        IDisposable older = Signals.On(Signal.Usr1, _ => { });
        IDisposable newer = Signals.On(Signal.Usr1, _ => { });
        Assert.Contains("newest first", Assert.Throws<InvalidOperationException>(older.Dispose).Message, StringComparison.Ordinal);
        newer.Dispose();
        older.Dispose();
    }

    [Fact]
    public void is_refused_while_the_platform_has_the_signal_and_possible_afterwards()
    {
        using (PosixSignalRegistration.Create((PosixSignal)Signal.Usr1.Number, context => context.Cancel = true))
        {
            var refused = Assert.Throws<SignalRefusedException>(() => { Signals.On(Signal.Usr1, _ => { }); });
            Assert.Contains(nameof(PosixSignalRegistration), refused.Message, StringComparison.Ordinal);
            using IDisposable another = Signals.On(Signal.Usr2, _ => { });
            Assert.Equal(RaiseResult.Completed, Signals.Raise(Signal.Usr2));
        }

        using IDisposable free = Signals.On(Signal.Usr1, _ => { });
    }

    [Fact]
    public void leaves_alone_what_somebody_else_has_put_in_its_place()
    {
        nint before = Action(Signal.Realtime(4));
        IDisposable on = Signals.On(Signal.Realtime(4), _ => { });
        Assert.Equal(0, SignalCalls.Sigaction(Signal.Realtime(4).Number, new() { Handler = SignalAction.Ignored }));
        var refused = Assert.Throws<SignalRefusedException>(() => { Signals.On(Signal.Realtime(4), _ => { }); });
        Assert.Contains("replaced", refused.Message, StringComparison.Ordinal);
        on.Dispose();
        Assert.Equal(SignalAction.Ignored, Action(Signal.Realtime(4)));
        Assert.Equal(0, SignalCalls.Sigaction(Signal.Realtime(4).Number, new() { Handler = before }));
    }

    [Fact]
    public void reports_a_handler_that_throws_and_keeps_it()
    {
        var reports = new List<SignalHandlerFailure>();
        Signals.UnhandledException += reports.Add;
        try
        {
            int handled = 0;
            using IDisposable on = Signals.On(Signal.Usr1, _ => { handled++; throw new InvalidOperationException("thrown by a handler"); });
            Signals.Raise(Signal.Usr1);
            Signals.Raise(Signal.Usr1);
            Assert.Equal(2, handled);
            Assert.Equal(["thrown by a handler", "thrown by a handler"], reports.Select(report => report.Exception.Message));
        }
        finally
        {
            Signals.UnhandledException -= reports.Add;
        }
    }

    [Fact]
    public void is_not_inherited_by_children_unless_the_signal_is_ignored()
    {
        using IDisposable handled = Signals.On(Signal.Usr1, _ => { });
        using IDisposable ignored = Signals.Ignore(Signal.Usr2);
        using Process child = Process.Start(new ProcessStartInfo("/bin/cat", ["/proc/self/status"]) { RedirectStandardOutput = true })!;
        Dictionary<string, ulong> masks = child.StandardOutput.ReadToEnd().Split('\n')
            .Where(line => line.StartsWith("Sig", StringComparison.Ordinal) && line[3] != 'Q')
            .ToDictionary(line => line[..6], line => Convert.ToUInt64(line[7..].Trim(), 16));
        child.WaitForExit();
        Assert.Equal(0UL, masks["SigBlk"]);
        Assert.Equal(0UL, masks["SigCgt"]);
        Assert.NotEqual(0UL, masks["SigIgn"] & (1UL << (Signal.Usr2.Number - 1)));
        Assert.Equal(0UL, masks["SigIgn"] & (1UL << (Signal.Usr1.Number - 1)));
    }

    private static nint Action(Signal signal)
    {
        Assert.Equal(0, SignalCalls.ReadAction(signal.Number, out SignalAction action));
        return action.Handler;
    }
}
