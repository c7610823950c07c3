using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using AutoResetEvent = ConcurrencySpecs.Exploration.Twins.AutoResetEvent;
using ManualResetEvent = ConcurrencySpecs.Exploration.Twins.ManualResetEvent;
using ManualResetEventSlim = ConcurrencySpecs.Exploration.Twins.ManualResetEventSlim;
using WaitHandle = ConcurrencySpecs.Exploration.Twins.WaitHandle;

public sealed class An_event_twin
{
    [Fact]
    public void that_is_slim_lets_all_through_once_set() => Passes(() =>
    {
        var gate = new ManualResetEventSlim();
        Together(gate.Wait, gate.Wait, gate.Set);
    });

    [Fact]
    public void that_is_slim_and_never_set_is_found() => Fails(Outcome.Deadlock, () => new ManualResetEventSlim().Wait());

    [Fact]
    public void that_is_slim_waits_with_a_time_out_both_ways() => Ends("False | True", () =>
    {
        var gate = new ManualResetEventSlim();
        bool seen = false;
        Together(() => seen = gate.Wait(TimeSpan.FromSeconds(1)), gate.Set);
        return seen;
    });

    [Fact]
    public void that_resets_itself_lets_one_through() => Fails(Outcome.Deadlock, () =>
    {
        var gate = new AutoResetEvent(false);
        Together(() => gate.WaitOne(), () => gate.WaitOne(), () => gate.Set());
    });

    [Fact]
    public void that_resets_itself_passes_a_turn_to_and_fro() => Ends("0 1", () =>
    {
        AutoResetEvent ping = new(true), pong = new(false);
        string order = "";
        Together(
            () =>
            {
                ping.WaitOne();
                order += "0";
                pong.Set();
            },
            () =>
            {
                pong.WaitOne();
                order += " 1";
            });
        return order;
    });

    [Fact]
    public void is_waited_for_among_others() => Ends("0 | 1", () =>
    {
        AutoResetEvent a = new(false), b = new(false);
        int first = -1;
        Together(() => first = WaitHandle.WaitAny([a, b]), () => a.Set(), () => b.Set());
        return first;
    });

    [Fact]
    public void is_waited_for_together_with_others() => Ends("False | True", () =>
    {
        AutoResetEvent a = new(false), b = new(false);
        bool all = false;
        Together(() => all = WaitHandle.WaitAll([a, b], 100), () => a.Set(), () => b.Set());
        return all;
    });

    [Fact]
    public void waiting_for_all_takes_nothing_before_it_takes_all() => Ends("all | one", () =>
    {
        AutoResetEvent a = new(true), b = new(false);
        string end = "";
        Together(
            () => end = WaitHandle.WaitAll([a, b], 10) ? "all" : a.WaitOne(0) ? "one" : "lost",
            () => b.Set());
        return end;
    });

    [Fact]
    public void answers_like_the_real_one()
    {
        Agree(() =>
        {
            System.Threading.AutoResetEvent auto = new(true);
            System.Threading.ManualResetEvent manual = new(false);
            string before = $"{auto.WaitOne(0)} {auto.WaitOne(0)} {auto.Set()} {auto.WaitOne(1)} {manual.WaitOne(0)} {manual.Set()} " +
                $"{manual.WaitOne()} {manual.WaitOne(0)} " +
                $"{manual.Reset()} {manual.WaitOne(0)} {System.Threading.WaitHandle.WaitAny([auto, manual], 0)} {Try(() => auto.WaitOne(-2))} " +
                $"{Try(() => System.Threading.WaitHandle.WaitAny([]))}";
            auto.Dispose();
            return $"{before} {Try(() => auto.WaitOne(0))} {Try(() => auto.Set())}";
        }, () =>
        {
            AutoResetEvent auto = new(true);
            ManualResetEvent manual = new(false);
            string before = $"{auto.WaitOne(0)} {auto.WaitOne(0)} {auto.Set()} {auto.WaitOne(1)} {manual.WaitOne(0)} {manual.Set()} " +
                $"{manual.WaitOne()} {manual.WaitOne(0)} " +
                $"{manual.Reset()} {manual.WaitOne(0)} {WaitHandle.WaitAny([auto, manual], 0)} {Try(() => auto.WaitOne(-2))} " +
                $"{Try(() => WaitHandle.WaitAny([]))}";
            auto.Dispose();
            return $"{before} {Try(() => auto.WaitOne(0))} {Try(() => auto.Set())}";
        });
    }
}
