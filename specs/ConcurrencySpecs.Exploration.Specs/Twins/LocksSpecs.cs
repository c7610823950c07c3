using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using Lock = ConcurrencySpecs.Exploration.Twins.Lock;
using Monitor = ConcurrencySpecs.Exploration.Twins.Monitor;
using SemaphoreSlim = ConcurrencySpecs.Exploration.Twins.SemaphoreSlim;
using Thread = ConcurrencySpecs.Exploration.Twins.Thread;
using SpinLock = ConcurrencySpecs.Exploration.Twins.SpinLock;
using static Exploring;

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

public sealed class A_lock_twin
{
    [Fact]
    public void keeps_two_threads_apart() => Ends("2", () =>
    {
        var gate = new Lock();
        int count = 0;
        void Add()
        {
            using (gate.EnterScope()) count++;
        }
        Together(Add, Add);
        return count;
    });

    [Fact]
    public void finds_the_deadlock_of_two_locks_in_opposite_order() => Fails(Outcome.Deadlock, () =>
    {
        Lock a = new(), b = new();
        void Both(Lock first, Lock second)
        {
            using (first.EnterScope())
            using (second.EnterScope())
            {
            }
        }
        Together(() => Both(a, b), () => Both(b, a));
    });

    [Fact]
    public void waits_with_a_time_out_both_ways() => Ends("1 | 2", () =>
    {
        var gate = new Lock();
        int entered = 0;
        void Try()
        {
            if (!gate.TryEnter(TimeSpan.FromSeconds(1))) return;
            entered++;
            gate.Exit();
        }
        Together(Try, Try);
        return entered;
    });

    [Fact]
    public void is_entered_again_by_its_owner_and_left_as_often()
    {
        Agree(() =>
        {
            var gate = new System.Threading.Lock();
            return $"{Try(gate.Exit)} {gate.TryEnter()} {gate.TryEnter(0)} {gate.IsHeldByCurrentThread} {Try(gate.Exit)} {gate.IsHeldByCurrentThread} " +
                $"{Try(gate.Exit)} {gate.IsHeldByCurrentThread} {Try(gate.Exit)} {Try(() => gate.TryEnter(-2))}";
        }, () =>
        {
            var gate = new Lock();
            return $"{Try(gate.Exit)} {gate.TryEnter()} {gate.TryEnter(0)} {gate.IsHeldByCurrentThread} {Try(gate.Exit)} {gate.IsHeldByCurrentThread} " +
                $"{Try(gate.Exit)} {gate.IsHeldByCurrentThread} {Try(gate.Exit)} {Try(() => gate.TryEnter(-2))}";
        });
    }
}

public sealed class A_spin_lock_twin
{
    [Fact]
    public void keeps_two_threads_apart() => Ends("2", () =>
    {
        var gate = new StrongBox();
        int count = 0;
        void Add()
        {
            bool taken = false;
            gate.Lock.Enter(ref taken);
            count++;
            gate.Lock.Exit();
        }
        Together(Add, Add);
        return count;
    });

    [Fact]
    public void notices_that_its_owner_enters_again() => Fails(Outcome.Threw, () =>
    {
        var gate = new StrongBox();
        bool taken = false, again = false;
        gate.Lock.Enter(ref taken);
        gate.Lock.Enter(ref again);
    });

    [Fact]
    public void waits_with_a_time_out_both_ways() => Ends("1 | 2", () =>
    {
        var gate = new StrongBox();
        int entered = 0;
        void Try()
        {
            bool taken = false;
            gate.Lock.TryEnter(10, ref taken);
            if (!taken) return;
            entered++;
            gate.Lock.Exit();
        }
        Together(Try, Try);
        return entered;
    });

    private sealed class StrongBox
    {
        public SpinLock Lock = new(true);
    }
}

public sealed class A_semaphore_slim_twin
{
    [Fact]
    public void lets_no_more_in_than_it_has_units() => Ends("1", () =>
    {
        var semaphore = new SemaphoreSlim(1);
        int inside = 0, most = 0;
        void Visit()
        {
            semaphore.Wait();
            most = Math.Max(most, ++inside);
            Thread.Yield();
            inside--;
            semaphore.Release();
        }
        Together(Visit, Visit);
        return most;
    });

    [Fact]
    public void finds_a_unit_that_is_never_given_back() => Fails(Outcome.Deadlock, () =>
    {
        var semaphore = new SemaphoreSlim(1);
        Together(semaphore.Wait, semaphore.Wait);
    });

    [Fact]
    public void waits_with_a_time_out_both_ways() => Ends("False | True", () =>
    {
        var semaphore = new SemaphoreSlim(0);
        bool got = false;
        Together(() => got = semaphore.Wait(5), () => semaphore.Release());
        return got;
    });

    [Fact]
    public void is_called_away_by_a_token_or_gets_its_unit() => Ends("cancelled | got", () =>
    {
        var semaphore = new SemaphoreSlim(0);
        var source = new CancellationTokenSource();
        string end = "";
        Together(
            () => end = Try(() => semaphore.Wait(source.Token)) == "ok" ? "got" : "cancelled",
            () =>
            {
                CancellationTokenSourceCalls.Cancel(source);
                semaphore.Release();
            });
        return end;
    });

    [Fact]
    public void completes_asynchronous_waits_by_releases() => Ends("True", () =>
    {
        var semaphore = new SemaphoreSlim(0);
        Task<bool> wait = semaphore.WaitAsync(Timeout.Infinite);
        Together(() => semaphore.Release());
        return TaskOfResultCalls.get_Result(wait);
    });

    [Fact]
    public void expires_asynchronous_waits() => Ends("False", () =>
        TaskOfResultCalls.get_Result(new SemaphoreSlim(0).WaitAsync(TimeSpan.FromMinutes(1))));

    [Fact]
    public void cancels_asynchronous_waits() => Ends("TaskCanceledException", () =>
    {
        var source = new CancellationTokenSource();
        Task wait = new SemaphoreSlim(0).WaitAsync(source.Token);
        CancellationTokenSourceCalls.Cancel(source);
        return Try(() => TaskCalls.Wait(wait)) == "AggregateException" ? wait.Exception?.InnerException?.GetType().Name ?? "TaskCanceledException" : "completed";
    });

    [Fact]
    public void answers_like_the_real_one()
    {
        Agree(() =>
        {
            var s = new System.Threading.SemaphoreSlim(1, 2);
            string before = $"{s.CurrentCount} {s.Wait(0)} {s.Wait(0)} {s.Wait(1)} {s.Release()} {s.Release()} {Try(() => s.Release())} {Try(() => s.Release(0))} {Try(() => s.Wait(-2))}";
            s.Dispose();
            return $"{before} {Try(() => s.Wait(0))} {Try(() => s.Release())} {Try(() => new System.Threading.SemaphoreSlim(2, 1))} {Try(() => new System.Threading.SemaphoreSlim(-1))} {s.CurrentCount}";
        }, () =>
        {
            var s = new SemaphoreSlim(1, 2);
            string before = $"{s.CurrentCount} {s.Wait(0)} {s.Wait(0)} {s.Wait(1)} {s.Release()} {s.Release()} {Try(() => s.Release())} {Try(() => s.Release(0))} {Try(() => s.Wait(-2))}";
            s.Dispose();
            return $"{before} {Try(() => s.Wait(0))} {Try(() => s.Release())} {Try(() => new SemaphoreSlim(2, 1))} {Try(() => new SemaphoreSlim(-1))} {s.CurrentCount}";
        });
    }
}
