using System.Diagnostics;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_process_condition : IDisposable
{
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(60);

    private readonly ProcessLock _gate = ProcessLock.Create();
    private readonly ProcessCondition _changed;

    public A_process_condition() => _changed = ProcessCondition.Create(_gate);

    public void Dispose()
    {
        _changed.Dispose();
        _gate.Dispose();
    }

    [Fact]
    public void wakes_a_waiter_of_another_process_which_holds_the_lock_again_at_all_its_levels()
    {
        using var gate = RecursiveProcessLock.Create();
        using var changed = ProcessCondition.Create(gate);
        using var ready = ProcessEvent.Create();
        using ChildProcess<int> child = ChildProcess.Create(it =>
        {
            var own = (RecursiveProcessLock)it.Changed.Guard;
            for (int level = 0; level < 3; level++) own.Enter();
            it.Ready.Set();
            it.Changed.Wait();
            int depth = own.Depth;
            for (int level = 0; level < 3; level++) own.Exit();
            return depth;
        }, new Meeting(changed, ready)).Start();
        ready.Wait();
        gate.Enter();
        changed.Notify();
        gate.Exit();
        Assert.Equal(3, child.Result);
    }

    [Fact]
    public void waits_until_what_another_process_changes_holds()
    {
        using var number = SharedValue.Create(0);
        using ChildProcess child = ChildProcess.Create(it =>
        {
            for (int i = 1; i <= 3; i++)
            {
                it.Changed.Guard.Enter();
                it.Number.Value = i;
                it.Changed.NotifyAll();
                it.Changed.Guard.Exit();
            }
        }, new Counting(_changed, number)).Start();
        _gate.Enter();
        _changed.WaitFor(() => number.Value == 3);
        Assert.True(_gate.IsHeldByCurrentThread);
        Assert.False(_changed.TryWaitFor(() => false, _short));
        Assert.False(_changed.TryWaitFor(() => false, TimeSpan.Zero));
        _gate.Exit();
        child.JoinSoon();
    }

    [Fact]
    public void wakes_as_many_as_were_notified_in_the_order_of_arrival_and_forgets_the_rest()
    {
        var woken = new List<int>();
        Holding(() => _changed.Notify(7));          // nobody is there to remember it
        Running[] waiters = [.. Enumerable.Range(0, 3).Select(number => Waiting(() =>
        {
            _changed.Wait();
            woken.Add(number);
        }))];
        Holding(() => _changed.Notify(2));
        waiters[0].Join();
        waiters[1].Join();
        Holding(() => Assert.Equal([0, 1], woken.Order()));
        Holding(_changed.NotifyAll);
        waiters[2].Join();
    }

    [Fact]
    public void gives_up_when_the_time_is_over_and_not_before()
    {
        long start = Stopwatch.GetTimestamp();
        Holding(() => Assert.False(_changed.TryWait(_short)));
        Assert.True(Stopwatch.GetElapsedTime(start) >= _short);
    }

    [Fact]
    public void ends_a_wait_that_is_cancelled_or_disposed_with_the_lock_held_again()
    {
        using var stop = new CancellationTokenSource();
        Running cancelled = Waiting(() => Assert.Throws<OperationCanceledException>(() => _changed.Wait(stop.Token)));
        Running disposed = Waiting(() => Assert.Throws<ObjectDisposedException>(() => _changed.Wait()));
        stop.Cancel();
        cancelled.Join();
        _changed.Dispose();
        disposed.Join();
        Assert.Throws<ObjectDisposedException>(() => _changed.Wait());
        Assert.Throws<ObjectDisposedException>(() => _changed.Notify());
    }

    [Fact]
    public void refuses_who_does_not_hold_its_lock_and_locks_inside_a_process()
    {
        Assert.Throws<SynchronizationLockException>(() => _changed.Wait());
        Assert.Throws<SynchronizationLockException>(() => _changed.TryWait(_short));
        Assert.Throws<SynchronizationLockException>(() => _changed.WaitFor(() => true));
        Assert.Throws<SynchronizationLockException>(() => _changed.Notify());
        Assert.Throws<SynchronizationLockException>(_changed.NotifyAll);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => _changed.Notify(0));
        Assert.Contains("ConditionVariable", Assert.Throws<ArgumentException>("guard", () => ProcessCondition.Create(new FutexLock())).Message,
            StringComparison.Ordinal);
        _gate.Enter();
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => _changed.TryWait(TimeSpan.FromSeconds(-2)));
        Assert.Throws<OperationCanceledException>(() => _changed.Wait(new CancellationToken(true)));
        _gate.Exit();
    }

    [Fact]
    public void is_opened_by_name()
    {
        using var named = new Named();
        using var lockNamed = new Named();
        using var gate = ProcessLock.Create(lockNamed.Name);
        using var changed = ProcessCondition.Create(named.Name, gate);
        using ChildProcess child = ChildProcess.Create(it =>
        {
            using var own = ProcessLock.Open(it.Lock);
            using var changed = ProcessCondition.Open(it.Condition, own);
            own.Enter();
            changed.Notify();
            own.Exit();
        }, new Names(lockNamed.Name, named.Name));
        gate.Enter();
        child.Start();
        changed.Wait();
        gate.Exit();
        Assert.Throws<InvalidDataException>(() => ProcessLock.Open(named.Name));
        changed.Unlink();
        child.JoinSoon();
    }

    [Fact]
    public void passes_the_notification_of_one_who_was_killed_before_it_came_back_to_the_next_in_line()
    {
        using ChildProcess first = WaitingChild();
        Running second = Waiting(() => Assert.True(_changed.TryWait(Children.Patience)));
        Holding(() =>
        {
            _changed.Notify();              // for the first, which cannot come back while we hold the lock
            first.KillAndJoin();
        });
        second.Join();
    }

    [Fact]
    public void passes_the_notification_of_one_whose_lock_was_disposed_before_it_came_back_to_the_next_in_line()
    {
        using var notified = ProcessEvent.Create();
        using var leave = ProcessEvent.Create();
        Running first = OnceInLine(() => Threads.Start(() =>
        {
            _gate.Enter();
            Assert.Throws<ObjectDisposedException>(() => _changed.Wait());
        }));
        using ChildProcess second = WaitingChild();
        using ChildProcess notifier = ChildProcess.Create(it =>
        {
            it.Changed.Guard.Enter();
            it.Changed.Notify();
            it.Notified.Set();
            it.Leave.Wait();
            it.Changed.Guard.Exit();
        }, new Handover(_changed, notified, leave)).Start();
        notified.Wait();
        _gate.Dispose();                // the notifier holds the lock: the first, who was notified, cannot come back
        first.Join();
        leave.Set();
        notifier.JoinSoon();
        second.JoinSoon();
    }

    [Fact]
    public void passes_over_the_dead()
    {
        using ChildProcess first = WaitingChild();
        Holding(() => { });          // once we hold the lock, it has let go of it and waits
        first.KillAndJoin();
        Running second = Waiting(() => Assert.True(_changed.TryWait(Children.Patience)));
        Holding(() => _changed.Notify());
        second.Join();
    }

    [Fact]
    public void tells_those_who_wait_when_somebody_was_killed_while_it_held_the_lock()
    {
        using var number = SharedValue.Create(0);
        Running waiter = Waiting(() =>
        {
            var told = Assert.Throws<LockAbandonedException>(() => _changed.Wait());
            Assert.Equal(number.Value, told.Process);
            Assert.Equal(told.Process, _gate.AbandonedBy);
            Assert.Throws<LockAbandonedException>(() => _changed.Wait());         // first to be repaired
            _gate.MarkConsistent();
            Assert.False(_changed.TryWait(TimeSpan.Zero));
        });
        using ChildProcess notifier = ChildProcess.Create(it =>
        {
            it.Changed.Guard.Enter();
            it.Number.Value = Environment.ProcessId;
            Children.EndHere();
        }, new Counting(_changed, number)).Start();
        waiter.Join();
        notifier.JoinSoon();
    }

    private void Holding(Action body)
    {
        _gate.Enter();
        body();
        Assert.True(_gate.IsHeldByCurrentThread);
        _gate.Exit();
    }

    /// <summary>A thread that holds the lock and waits; returns once it has its place in the line.</summary>
    private Running Waiting(Action wait) => OnceInLine(() => Threads.Start(() => Holding(wait)));

    private ChildProcess WaitingChild() => OnceInLine(() => ChildProcess.Create(it =>
    {
        it.Guard.Enter();
        it.Wait();
    }, _changed).Start());

    private T OnceInLine<T>(Func<T> start)
    {
        long before = Volatile.Read(ref _changed.Terms.Arrivals);
        T started = start();
        Threads.WaitUntil(() => Volatile.Read(ref _changed.Terms.Arrivals) > before);
        return started;
    }

    private sealed record Meeting(ProcessCondition Changed, ProcessEvent Ready);

    private sealed record Handover(ProcessCondition Changed, ProcessEvent Notified, ProcessEvent Leave);

    private sealed record Counting(ProcessCondition Changed, SharedValue<int> Number);

    private sealed record Names(string Lock, string Condition);
}
