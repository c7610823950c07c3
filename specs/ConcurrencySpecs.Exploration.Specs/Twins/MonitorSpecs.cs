using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Monitor = ConcurrencySpecs.Exploration.Twins.Monitor;

public sealed class A_monitor_twin
{
    [Fact]
    public void keeps_two_threads_apart() => Ends("2", () =>
    {
        object gate = new();
        int count = 0;
        void Add()
        {
            Monitor.Enter(gate);
            count++;
            Monitor.Exit(gate);
        }
        Together(Add, Add);
        return count;
    });

    [Fact]
    public void finds_the_deadlock_of_two_locks_in_opposite_order()
    {
        Verdict verdict = Fails(Outcome.Deadlock, () =>
        {
            object a = new(), b = new();
            Together(() => Both(a, b), () => Both(b, a));
        });
        Assert.Contains("Deadlock", verdict.Message);
    }

    [Fact]
    public void tries_and_either_gets_in_or_not() => Ends("both | one", () =>
    {
        object gate = new();
        int entered = 0;
        void Try()
        {
            if (!Monitor.TryEnter(gate)) return;
            entered++;
            Monitor.Exit(gate);
        }
        Together(Try, Try);
        return entered == 2 ? "both" : "one";
    });

    [Fact]
    public void waits_with_a_time_out_and_either_gets_in_or_expires() => Ends("1 | 2", () =>
    {
        object gate = new();
        int entered = 0;
        void Try()
        {
            if (!Monitor.TryEnter(gate, 50)) return;
            entered++;
            Monitor.Exit(gate);
        }
        Together(Try, Try);
        return entered;
    });

    [Fact]
    public void hands_an_item_over_by_pulse() => Ends("7", () =>
    {
        object gate = new();
        int? item = null;
        int taken = 0;
        Together(
            () =>
            {
                Monitor.Enter(gate);
                while (item is null) Monitor.Wait(gate);
                taken = item.Value;
                Monitor.Exit(gate);
            },
            () =>
            {
                Monitor.Enter(gate);
                item = 7;
                Monitor.Pulse(gate);
                Monitor.Exit(gate);
            });
        return taken;
    });

    [Fact]
    public void finds_the_pulse_that_comes_before_the_wait() => Fails(Outcome.Deadlock, () =>
    {
        object gate = new();
        Together(
            () =>
            {
                Monitor.Enter(gate);
                Monitor.Wait(gate);
                Monitor.Exit(gate);
            },
            () =>
            {
                Monitor.Enter(gate);
                Monitor.Pulse(gate);
                Monitor.Exit(gate);
            });
    });

    [Fact]
    public void waits_for_a_pulse_with_a_time_out_both_ways() => Ends("False | True", () =>
    {
        object gate = new();
        bool pulsed = false;
        Together(
            () =>
            {
                Monitor.Enter(gate);
                pulsed = Monitor.Wait(gate, 10);
                Monitor.Exit(gate);
            },
            () =>
            {
                Monitor.Enter(gate);
                Monitor.Pulse(gate);
                Monitor.Exit(gate);
            });
        return pulsed;
    });

    [Fact]
    public void answers_like_the_real_one()
    {
        Agree(() => Script(new RealMonitor()), () => Script(new TwinMonitor()));
    }

    private static string Script(IMonitor monitor)
    {
        object gate = new();
        return string.Join(",",
            Try(() => monitor.Exit(gate)), Try(() => monitor.Pulse(gate)), Try(() => monitor.Wait(gate, 0)),
            Try(() => monitor.TryEnter(gate, 0)), Try(() => monitor.TryEnter(gate, 5)), monitor.IsEntered(gate),
            Try(() => monitor.Exit(gate)), monitor.IsEntered(gate), Try(() => monitor.Pulse(gate)), Try(() => monitor.Wait(gate, 1)),
            Try(() => monitor.TryEnter(gate, -2)), Try(() => monitor.TryEnter(null!, 0)),
            Try(() => monitor.Exit(gate)), Try(() => monitor.Exit(gate)), monitor.IsEntered(gate));
    }

    private static void Both(object first, object second)
    {
        Monitor.Enter(first);
        Monitor.Enter(second);
        Monitor.Exit(second);
        Monitor.Exit(first);
    }

    private interface IMonitor
    {
        void Exit(object gate);
        void Pulse(object gate);
        bool Wait(object gate, int milliseconds);
        bool TryEnter(object gate, int milliseconds);
        bool IsEntered(object gate);
    }

    private sealed class RealMonitor : IMonitor
    {
        public void Exit(object gate) => System.Threading.Monitor.Exit(gate);
        public void Pulse(object gate) => System.Threading.Monitor.Pulse(gate);
        public bool Wait(object gate, int milliseconds) => System.Threading.Monitor.Wait(gate, milliseconds);
        public bool TryEnter(object gate, int milliseconds) => System.Threading.Monitor.TryEnter(gate, milliseconds);
        public bool IsEntered(object gate) => System.Threading.Monitor.IsEntered(gate);
    }

    private sealed class TwinMonitor : IMonitor
    {
        public void Exit(object gate) => Monitor.Exit(gate);
        public void Pulse(object gate) => Monitor.Pulse(gate);
        public bool Wait(object gate, int milliseconds) => Monitor.Wait(gate, milliseconds);
        public bool TryEnter(object gate, int milliseconds) => Monitor.TryEnter(gate, milliseconds);
        public bool IsEntered(object gate) => Monitor.IsEntered(gate);
    }
}
