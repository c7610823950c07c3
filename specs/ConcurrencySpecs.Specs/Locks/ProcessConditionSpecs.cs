using System.Diagnostics;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_process_condition
{
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(60);

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
        using var gate = ProcessLock.Create();
        using var changed = ProcessCondition.Create(gate);
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
        }, new Counting(changed, number)).Start();
        gate.Enter();
        changed.WaitFor(() => number.Value == 3);
        Assert.True(gate.IsHeldByCurrentThread);
        Assert.False(changed.TryWaitFor(() => false, _short));
        Assert.False(changed.TryWaitFor(() => false, TimeSpan.Zero));
        gate.Exit();
        child.JoinSoon();
    }

    [Fact]
    public void wakes_as_many_as_were_notified_in_the_order_of_arrival_and_forgets_the_rest()
    {
        using var gate = ProcessLock.Create();
        using var changed = ProcessCondition.Create(gate);
        var woken = new List<int>();
        gate.Enter();
        changed.Notify(7);                  // nobody is there to remember it
        gate.Exit();
        Running[] waiters = [.. Enumerable.Range(0, 3).Select(number =>
        {
            Running waiter = Threads.Start(() =>
            {
                gate.Enter();
                changed.Wait();
                woken.Add(number);
                gate.Exit();
            });
            Threads.WaitUntil(() => Volatile.Read(ref changed.Terms.Arrivals) == number + 1);
            return waiter;
        })];
        WithLock(gate, () => changed.Notify(2));
        waiters[0].Join();
        waiters[1].Join();
        WithLock(gate, () => Assert.Equal([0, 1], woken.Order()));
        WithLock(gate, changed.NotifyAll);
        waiters[2].Join();
    }

    [Fact]
    public void gives_up_when_the_time_is_over_and_not_before()
    {
        using var gate = ProcessLock.Create();
        using var changed = ProcessCondition.Create(gate);
        gate.Enter();
        long start = Stopwatch.GetTimestamp();
        Assert.False(changed.TryWait(_short));
        Assert.True(Stopwatch.GetElapsedTime(start) >= _short);
        Assert.True(gate.IsHeldByCurrentThread);
        gate.Exit();
    }

    [Fact]
    public void ends_a_wait_that_is_cancelled_or_disposed_with_the_lock_held_again()
    {
        using var gate = ProcessLock.Create();
        var changed = ProcessCondition.Create(gate);
        using var stop = new CancellationTokenSource();
        Running cancelled = Threads.Start(() => Held(gate, () => Assert.Throws<OperationCanceledException>(() => changed.Wait(stop.Token))));
        Running disposed = Threads.Start(() => Held(gate, () => Assert.Throws<ObjectDisposedException>(() => changed.Wait())));
        Threads.WaitUntil(() => Volatile.Read(ref changed.Terms.Arrivals) == 2);
        stop.Cancel();
        cancelled.Join();
        changed.Dispose();
        disposed.Join();
        Assert.Throws<ObjectDisposedException>(() => changed.Wait());
        Assert.Throws<ObjectDisposedException>(() => changed.Notify());
    }

    [Fact]
    public void refuses_who_does_not_hold_its_lock_and_locks_inside_a_process()
    {
        using var gate = ProcessLock.Create();
        using var changed = ProcessCondition.Create(gate);
        Assert.Throws<SynchronizationLockException>(() => changed.Wait());
        Assert.Throws<SynchronizationLockException>(() => changed.TryWait(_short));
        Assert.Throws<SynchronizationLockException>(() => changed.WaitFor(() => true));
        Assert.Throws<SynchronizationLockException>(() => changed.Notify());
        Assert.Throws<SynchronizationLockException>(changed.NotifyAll);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => changed.Notify(0));
        Assert.Contains("ConditionVariable", Assert.Throws<ArgumentException>("guard", () => ProcessCondition.Create(new FutexLock())).Message,
            StringComparison.Ordinal);
        gate.Enter();
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => changed.TryWait(TimeSpan.FromSeconds(-2)));
        Assert.Throws<OperationCanceledException>(() => changed.Wait(new CancellationToken(true)));
        gate.Exit();
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
        using var gate = ProcessLock.Create();
        using var changed = ProcessCondition.Create(gate);
        using ChildProcess first = ChildProcess.Create(it =>
        {
            it.Guard.Enter();
            it.Wait();
        }, changed).Start();
        Threads.WaitUntil(() => Volatile.Read(ref changed.Terms.Arrivals) == 1);
        Running second = Threads.Start(() => Held(gate, () => Assert.True(changed.TryWait(Children.Patience))));
        Threads.WaitUntil(() => Volatile.Read(ref changed.Terms.Arrivals) == 2);
        gate.Enter();
        changed.Notify();                   // for the first, which cannot come back while we hold the lock
        first.Kill();
        first.JoinSoon();
        gate.Exit();
        second.Join();
    }

    [Fact]
    public void passes_over_the_dead()
    {
        using var gate = ProcessLock.Create();
        using var changed = ProcessCondition.Create(gate);
        using ChildProcess first = ChildProcess.Create(it =>
        {
            it.Guard.Enter();
            it.Wait();
        }, changed).Start();
        Threads.WaitUntil(() => Volatile.Read(ref changed.Terms.Arrivals) == 1);
        WithLock(gate, () => { });          // once we hold the lock, it has let go of it and waits
        first.Kill();
        first.JoinSoon();
        Running second = Threads.Start(() => Held(gate, () => Assert.True(changed.TryWait(Children.Patience))));
        Threads.WaitUntil(() => Volatile.Read(ref changed.Terms.Arrivals) == 2);
        WithLock(gate, () => changed.Notify());
        second.Join();
    }

    [Fact]
    public void tells_those_who_wait_when_somebody_was_killed_while_it_held_the_lock()
    {
        using var gate = ProcessLock.Create();
        using var changed = ProcessCondition.Create(gate);
        using var number = SharedValue.Create(0);
        Running waiter = Threads.Start(() =>
        {
            gate.Enter();
            var told = Assert.Throws<LockAbandonedException>(() => changed.Wait());
            Assert.Equal(number.Value, told.Process);
            Assert.Equal(told.Process, gate.AbandonedBy);
            Assert.Throws<LockAbandonedException>(() => changed.Wait());         // first to be repaired
            gate.MarkConsistent();
            Assert.False(changed.TryWait(TimeSpan.Zero));
            gate.Exit();
        });
        Threads.WaitUntil(() => Volatile.Read(ref changed.Terms.Arrivals) == 1);
        using ChildProcess notifier = ChildProcess.Create(it =>
        {
            it.Changed.Guard.Enter();
            it.Number.Value = Environment.ProcessId;
            Children.EndHere();
        }, new Counting(changed, number)).Start();
        waiter.Join();
        notifier.JoinSoon();
    }

    private static void WithLock(ProcessLock gate, Action body) => Held(gate, body);

    private static void Held(ProcessLock gate, Action body)
    {
        gate.Enter();
        body();
        Assert.True(gate.IsHeldByCurrentThread);
        gate.Exit();
    }

    private sealed record Meeting(ProcessCondition Changed, ProcessEvent Ready);

    private sealed record Counting(ProcessCondition Changed, SharedValue<int> Number);

    private sealed record Names(string Lock, string Condition);
}
