using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Locks;

public sealed class A_condition_variable
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private readonly RecursiveLock _lock = new();

    [Fact]
    public void lets_go_of_every_level_of_its_lock_while_it_waits_and_takes_them_again()
    {
        var changed = new ConditionVariable(_lock);
        int depth = 0;
        Running waiter = Threads.Start(() =>
        {
            for (int level = 0; level < 3; level++) _lock.Enter();
            changed.Wait();
            depth = _lock.Depth;
            for (int level = 0; level < 3; level++) _lock.Exit();
        }).Blocked();
        _lock.Enter();
        changed.Notify();
        _lock.Exit();
        waiter.Join();
        Assert.Equal(3, depth);
        Assert.True(_lock.TryEnter());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void wakes_no_more_than_were_notified_in_the_order_of_arrival(int count)
    {
        var changed = new ConditionVariable(_lock);
        var woken = new List<int>();
        Running[] waiters = [.. Enumerable.Range(0, 3).Select(number => Threads.Start(() =>
        {
            _lock.Enter();
            changed.Wait();
            woken.Add(number);
            _lock.Exit();
        }).Blocked())];
        WithLock(() => changed.Notify(count));
        int expected = Math.Min(count, waiters.Length);
        foreach (Running waiter in waiters[..expected]) waiter.Join();
        WithLock(() => Assert.Equal(Enumerable.Range(0, expected), woken.Order()));
        WithLock(changed.NotifyAll);
        foreach (Running waiter in waiters) waiter.Join();
    }

    [Fact]
    public void holds_the_lock_again_when_the_time_is_up_or_the_token_cancelled()
    {
        var clock = new FakeTimeProvider();
        var changed = new ConditionVariable(_lock, clock);
        using var cancel = new CancellationTokenSource();
        Running late = Threads.Start(() => WithLock(() =>
        {
            Assert.False(changed.TryWait(_second));
            Assert.True(_lock.IsHeldByCurrentThread);
        })).Blocked();
        Threads.WaitUntil(() => clock.Timers == 1);
        clock.Advance(_second);
        late.Join();
        Running cancelled = Threads.Start(() => WithLock(() =>
        {
            Assert.Throws<OperationCanceledException>(() => changed.Wait(cancel.Token));
            Assert.True(_lock.IsHeldByCurrentThread);
        })).Blocked();
        cancel.Cancel();
        cancelled.Join();
    }

    [Fact]
    public void gives_the_last_answer_of_what_it_waited_for()
    {
        var clock = new FakeTimeProvider();
        var changed = new ConditionVariable(_lock, clock);
        bool open = false, answer = false;
        Running waiter = Threads.Start(() => WithLock(() => answer = changed.TryWaitFor(() => open, _second))).Blocked();
        WithLock(() =>
        {
            open = true;        // and nobody is notified: the answer is asked for again when the time is up
        });
        Threads.WaitUntil(() => clock.Timers == 1);
        clock.Advance(_second);
        waiter.Join();
        Assert.True(answer);
        WithLock(() => Assert.False(changed.TryWaitFor(() => false, TimeSpan.Zero)));
    }

    [Fact]
    public void refuses_who_does_not_hold_its_lock()
    {
        var changed = new ConditionVariable(_lock);
        Assert.Throws<SynchronizationLockException>(() => changed.Wait());
        Assert.Throws<SynchronizationLockException>(() => changed.TryWait(_second));
        Assert.Throws<SynchronizationLockException>(() => changed.WaitFor(() => true));
        Assert.Throws<SynchronizationLockException>(() => changed.Notify());
        Assert.Throws<SynchronizationLockException>(changed.NotifyAll);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => changed.Notify(0));
        WithLock(() => Assert.Throws<OperationCanceledException>(() => changed.Wait(new CancellationToken(true))));
        Assert.False(_lock.IsHeldByCurrentThread);
    }

    [Fact]
    public void never_gives_a_notification_to_one_whose_time_is_up() => Assert.True(Explore.Sample(static () =>
    {
        var gate = new FutexLock(spins: 0, patience: 1);
        var changed = new ConditionVariable(gate);
        int waiting = 0;
        bool hastyWoken = false;
        var hasty = new Thread(() =>
        {
            gate.Enter();
            waiting++;
            hastyWoken = changed.TryWait(TimeSpan.FromTicks(1));
            gate.Exit();
        });
        var patient = new Thread(() =>
        {
            gate.Enter();
            waiting++;
            changed.Wait();
            gate.Exit();
        });
        hasty.Start();
        patient.Start();
        while (Volatile.Read(ref waiting) < 2) Thread.Yield();
        gate.Enter();
        changed.Notify();
        gate.Exit();
        hasty.Join();
        if (hastyWoken)
        {
            gate.Enter();
            changed.Notify();
            gate.Exit();
        }

        patient.Join();         // a deadlock where the notification went to the hasty one, who says that none came
    }, ExplorationOptions.Default with { Schedules = 2_000, Time = TimeSpan.FromSeconds(10) }).Schedules > 0);

    private void WithLock(Action body)
    {
        using LockScope held = _lock.EnterScope();
        body();
    }
}
