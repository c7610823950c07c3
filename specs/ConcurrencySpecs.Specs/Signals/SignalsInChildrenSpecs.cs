using System.Runtime.InteropServices;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Signals;

/// <summary>Signals that may end their process, or come from another one.</summary>
public sealed class Signals_of_a_child_process
{
    private const int Sent = 1_000;

    [Fact]
    public void do_again_what_is_usual_once_the_registration_is_gone() => Assert.Equal(Signal.Usr1.Number, EndOf(() =>
    {
        int handled = 0;
        using (Signals.On(Signal.Usr1, _ => handled++)) Signals.Raise(Signal.Usr1);
        if (handled == 1) Signals.Raise(Signal.Usr1);
        Environment.Exit(1);
    }));

    [Fact]
    public void do_what_is_usual_where_the_parent_handles_them()
    {
        using IDisposable on = Signals.On(Signal.Usr2, _ => { });
        Assert.Equal(Signal.Usr2.Number, EndOf(() => Signals.Raise(Signal.Usr2)));
    }

    [Fact]
    public void do_what_is_usual_while_a_registration_asks_for_that() => Assert.Equal(Signal.Term.Number, EndOf(() =>
    {
        using IDisposable on = Signals.On(Signal.Term, _ => { });
        using IDisposable usual = Signals.Default(Signal.Term);
        Signals.Raise(Signal.Term);
    }));

    [Fact]
    public void are_counted_exactly_when_another_process_sends_realtime_ones()
    {
        using var ready = SharedMemorySegment.CreateAnonymous(1);
        using ChildProcess<int> child = ChildProcess.Create(Count, ready).Start();
        Threads.WaitUntil(() => ready.AsSpan()[0] != 0 || !child.IsAlive);
        for (int i = 0; i < Sent; i++) Assert.Equal(SendResult.Sent, Signals.Send(child.Id!.Value, Signal.Realtime(1)));
        Assert.Equal(SendResult.Sent, Signals.Send(child.Id!.Value, Signal.Realtime(2)));
        Assert.Equal(Sent, child.Result);
    }

    /// <summary>In a child, because a UnixSignal that has gone leaves the default action behind.</summary>
    [Fact]
    public void are_refused_while_a_UnixSignal_has_them_and_possible_afterwards()
    {
        using ChildProcess<string> child = ChildProcess.Create(RegisterBesideUnixSignal).Start();
        Assert.True(child.Join(Threads.Patience));
        Assert.Equal("refused, then 1 handled; the other one still had 1", child.Result);
    }

    /// <summary>The platform calls what it replaced for each signal, and brings it back when its registration goes: neither may become a circle.</summary>
    [Fact]
    public void come_once_to_who_replaced_the_action_of_this_package_and_do_what_is_usual_when_that_has_gone_too()
    {
        using var seen = SharedValue.Create<int>();
        using ChildProcess child = ChildProcess.Create(static times =>
        {
            IDisposable ours = Signals.On(Signal.Usr1, _ => { });
            using (PosixSignalRegistration.Create((PosixSignal)Signal.Usr1.Number, context => { context.Cancel = true; times.Add(1); }))
            {
                ours.Dispose();
                for (int sent = 1; sent <= 3; sent++)
                {
                    Signals.Raise(Signal.Usr1);
                    Threads.WaitUntil(() => times.Value >= sent);
                }

                using IDisposable another = Signals.On(Signal.Usr2, _ => { });
                Signals.Raise(Signal.Usr2);         // behind all that has come before
            }

            Signals.Raise(Signal.Usr1);
            Children.WaitForEver();
        }, seen).Start();
        Assert.True(child.Join(Threads.Patience));
        Assert.Equal((Signal.Usr1.Number, 3), (child.ExitStatus!.Value.Signal, seen.Value));
    }

    /// <summary>The platform leaves ignored signals ignored when somebody registers them, and takes that for its own doing.</summary>
    [Fact]
    public void stay_ignored_where_the_platform_has_registered_them_over_that_while_those_of_this_package_are_disposed()
    {
        using ChildProcess child = ChildProcess.Create(static () =>
        {
            IDisposable handled = Signals.On(Signal.Usr1, _ => { }), ignored = Signals.Ignore(Signal.Usr1);
            using (PosixSignalRegistration.Create((PosixSignal)Signal.Usr1.Number, context => context.Cancel = true))
            {
                ignored.Dispose();
                handled.Dispose();
                Signals.Raise(Signal.Usr1);
                Assert.Contains("PosixSignalRegistration", Assert.Throws<SignalRefusedException>(() => { Signals.On(Signal.Usr1, _ => { }); }).Message,
                    StringComparison.Ordinal);
            }

            int seen = 0;
            using (Signals.On(Signal.Usr1, _ => seen++)) Signals.Raise(Signal.Usr1);
            Assert.Equal(1, seen);
        }).Start();
        Assert.True(child.Join(Threads.Patience));
        Assert.Equal((0, null), (child.ExitStatus!.Value.ExitCode, child.ExitStatus!.Value.Signal));
    }

    /// <summary>The platform calls what it replaced, a handler, for signals that are to do what is usual: neither may that become a circle.</summary>
    [Fact]
    public void come_once_to_who_replaced_the_action_and_then_do_what_the_registration_that_is_left_asks_for()
    {
        using var seen = SharedValue.Create<int>();
        using ChildProcess child = ChildProcess.Create(static times =>
        {
            using IDisposable usual = Signals.Default(Signal.Usr1);
            IDisposable handled = Signals.On(Signal.Usr1, _ => { });
            using (PosixSignalRegistration.Create((PosixSignal)Signal.Usr1.Number, context => { context.Cancel = true; times.Add(1); }))
            {
                handled.Dispose();
                for (int sent = 1; sent <= 3; sent++) RaiseOnceMore(times);
                using IDisposable another = Signals.On(Signal.Usr2, _ => { });
                Signals.Raise(Signal.Usr2);         // behind all that has come before
            }

            Signals.Raise(Signal.Usr1);
            Children.WaitForEver();
        }, seen).Start();
        Assert.True(child.Join(Threads.Patience));
        Assert.Equal((Signal.Usr1.Number, 3), (child.ExitStatus!.Value.Signal, seen.Value));
    }

    private static void RaiseOnceMore(SharedValue<int> times)
    {
        int before = times.Value;
        Signals.Raise(Signal.Usr1);
        Threads.WaitUntil(() => times.Value > before);
    }

    private static string RegisterBesideUnixSignal()
    {
        string refusal = "not refused";
        int handled = 0, others;
        using (var foreign = new Mono.Unix.UnixSignal(Mono.Unix.Native.Signum.SIGUSR1))
        {
            try
            {
                Signals.On(Signal.Usr1, _ => handled++).Dispose();
            }
            catch (SignalRefusedException refused) when (refused.Message.Contains("UnixSignal", StringComparison.Ordinal))
            {
                refusal = "refused";
            }

            using IDisposable another = Signals.On(Signal.Usr2, _ => { });
            Signals.Raise(Signal.Usr2);
            Signals.Send(Environment.ProcessId, Signal.Usr1);
            Threads.WaitUntil(() => foreign.Count > 0);
            others = foreign.Count;
        }

        using (Signals.On(Signal.Usr1, _ => handled++)) Signals.Raise(Signal.Usr1);
        return $"{refusal}, then {handled} handled; the other one still had {others}";
    }

    /// <summary>Counts until the signal comes that is sent last; of realtime signals the lower ones are delivered first.</summary>
    private static int Count(SharedMemorySegment ready)
    {
        int handled = 0;
        using var last = new ManualResetEventSlim();
        using IDisposable counting = Signals.On(Signal.Realtime(1), _ => Interlocked.Increment(ref handled));
        using IDisposable ending = Signals.On(Signal.Realtime(2), _ => last.Set());
        ready.AsSpan()[0] = 1;
        last.Wait();
        Threads.WaitUntil(() => Volatile.Read(ref handled) >= Sent);       // any thread may take one, and be put off its core before it has told so
        Signals.Raise(Signal.Realtime(1));
        return Volatile.Read(ref handled) - 1;
    }

    private static int? EndOf(Action entry)
    {
        using ChildProcess child = ChildProcess.Create(entry).Start();
        Assert.True(child.Join(Threads.Patience));
        return child.ExitStatus!.Value.Signal;
    }
}
