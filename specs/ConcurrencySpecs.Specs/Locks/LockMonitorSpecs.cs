using ConcurrencySpecs.Locks;

public sealed class A_lock_monitor
{
    public static TheoryData<string> Kinds => ["FutexLock", "TicketLock", "McsLock", "RecursiveLock", "readers", "writers", "a unit", "units"];

    [Theory, MemberData(nameof(Kinds))]
    public void reports_two_orders_before_any_thread_waits_for_them(string kind)
    {
        var told = new List<LockInversion>();
        var monitor = new LockMonitor(new LockMonitorOptions { OnInversion = told.Add });
        ILock accounts = Watch(monitor, kind, "accounts"), journal = Watch(monitor, kind, "journal");
        Nest(accounts, journal);
        Nest(accounts, journal);
        Assert.Empty(monitor.Inversions);
        Nest(journal, accounts);
        LockInversion seen = Assert.Single(monitor.Inversions);
        Assert.Same(seen, Assert.Single(told));
        Assert.Equal(["journal", "accounts", "journal"], seen.Circle);
        Assert.Contains(nameof(Nest), seen.Here, StringComparison.Ordinal);
        Assert.Contains(nameof(Nest), seen.Before, StringComparison.Ordinal);
        Nest(journal, accounts);
        Assert.Single(monitor.Inversions);
    }

    [Fact]
    public void finds_a_circle_of_three()
    {
        var monitor = new LockMonitor();
        ILock a = monitor.Watch(new FutexLock(), "a"), b = monitor.Watch(new FutexLock(), "b"), c = monitor.Watch(new FutexLock(), "c");
        Nest(a, b);
        Nest(b, c);
        Nest(a, c);
        Assert.Empty(monitor.Inversions);
        Nest(c, a);
        Assert.Equal("c → a", string.Join(" → ", Assert.Single(monitor.Inversions).Circle.Take(2)));
    }

    [Fact]
    public void takes_no_order_from_calls_that_do_not_wait()
    {
        var monitor = new LockMonitor();
        ILock a = monitor.Watch(new RecursiveLock(), "a"), b = monitor.Watch(new FutexLock(), "b");
        Nest(a, b);
        b.Enter();
        Assert.True(a.TryEnter());
        a.Enter();          // again: who holds it does not wait
        a.Exit();
        a.Exit();
        b.Exit();
        Assert.Empty(monitor.Inversions);
    }

    [Fact]
    public void shows_who_holds_what_and_waits_for_whom()
    {
        var monitor = new LockMonitor(new LockMonitorOptions { NotesHolders = true });
        ILock a = monitor.Watch(new FutexLock(), "the first"), b = monitor.Watch(new FutexLock(), "the second");
        using var cancel = new CancellationTokenSource();
        Assert.Contains("No watched lock", monitor.Dump(), StringComparison.Ordinal);
        var together = new CyclicBarrier(2);
        Running one = Meet(a, b, together, cancel.Token), two = Meet(b, a, together, cancel.Token);
        Threads.WaitUntil(() => monitor.Dump().Contains("DEADLOCK", StringComparison.Ordinal));
        string dump = monitor.Dump();
        cancel.Cancel();
        one.Join();
        two.Join();
        Assert.Contains("holds the first", dump, StringComparison.Ordinal);
        Assert.Contains("waits for the first, held by thread", dump, StringComparison.Ordinal);
        Assert.Contains("waits for the second", dump, StringComparison.Ordinal);
        Assert.Contains(nameof(Meet), dump, StringComparison.Ordinal);
        Assert.Contains("No watched lock", monitor.Dump(), StringComparison.Ordinal);
    }

    [Fact]
    public void tells_of_a_wait_that_lasts_too_long_and_lets_it_go_on()
    {
        string? told = null;
        var monitor = new LockMonitor(new LockMonitorOptions { LongWait = TimeSpan.FromMilliseconds(5), OnLongWait = dump => Volatile.Write(ref told, dump) });
        ILock gate = monitor.Watch(new FutexLock(), "slow");
        gate.Enter();
        Running waiter = Threads.Start(() =>
        {
            gate.Enter();
            gate.Exit();
        });
        Threads.WaitUntil(() => Volatile.Read(ref told) is not null);
        gate.Exit();
        waiter.Join();
        Assert.Contains("waits for slow", told, StringComparison.Ordinal);
    }

    [Fact]
    public void changes_nothing_of_what_the_lock_refuses()
    {
        var monitor = new LockMonitor();
        ILock gate = monitor.Watch(new FutexLock(), "gate");
        Assert.Throws<SynchronizationLockException>(gate.Exit);
        gate.Enter();
        Assert.Throws<LockRecursionException>(() => gate.Enter());
        Threads.Start(() => Assert.False(gate.TryEnter(TimeSpan.FromMilliseconds(1)))).Join();
        gate.Exit();
        Assert.Throws<ArgumentNullException>(() => monitor.Watch((ILock)null!, "gate"));
        Assert.Throws<ArgumentException>(() => monitor.Watch(new FutexLock(), ""));
    }

    [Fact]
    public void sees_a_lock_that_a_condition_variable_lets_go_of()
    {
        var monitor = new LockMonitor();
        ILock gate = monitor.Watch(new RecursiveLock(), "guard");
        var changed = new ConditionVariable(gate);
        Running waiter = Threads.Start(() =>
        {
            gate.Enter();
            gate.Enter();
            changed.Wait();
            gate.Exit();
            gate.Exit();
        }).Blocked();
        Assert.Contains("No watched lock", monitor.Dump(), StringComparison.Ordinal);
        using (gate.EnterScope()) changed.Notify();
        waiter.Join();
        Assert.Contains("No watched lock", monitor.Dump(), StringComparison.Ordinal);
    }

    private static void Nest(ILock outer, ILock inner)
    {
        using LockScope first = outer.EnterScope();
        using LockScope second = inner.EnterScope();
    }

    private static Running Meet(ILock mine, ILock other, CyclicBarrier together, CancellationToken cancel) => Threads.Start(() =>
    {
        mine.Enter(CancellationToken.None);
        together.Wait(CancellationToken.None);
        Assert.Throws<OperationCanceledException>(() => other.Enter(cancel));
        together.Wait(CancellationToken.None);      // or the first to exit would let the other in, who may not have looked at the token yet
        mine.Exit();
    });

    private static ILock Watch(LockMonitor monitor, string kind, string name) => kind switch
    {
        "TicketLock" => monitor.Watch(new TicketLock(), name),
        "McsLock" => monitor.Watch(new McsLock(), name),
        "RecursiveLock" => monitor.Watch(new RecursiveLock(), name),
        "readers" => monitor.Watch(new PhaseFairReaderWriterLock(), name).Reading,
        "writers" => monitor.Watch(new PhaseFairReaderWriterLock(), name).Writing,
        "a unit" => monitor.Watch(new CountingSemaphore(1, maximum: 1), name),
        "units" => monitor.WatchUnits(new CountingSemaphore(2, maximum: 2), name).OfThreads,
        _ => monitor.Watch(new FutexLock(), name),
    };
}

public sealed class A_watched_reader_writer_lock
{
    private readonly LockMonitor _monitor = new();

    [Fact]
    public void takes_both_sides_for_one_where_orders_meet()
    {
        WatchedReaderWriterLock files = _monitor.Watch(new PhaseFairReaderWriterLock(), "files");
        ILock index = _monitor.Watch(new FutexLock(), "index");
        using (files.Reading.EnterScope()) using (index.EnterScope()) { }
        Assert.Empty(_monitor.Inversions);
        using (index.EnterScope()) using (files.Writing.EnterScope()) { }
        Assert.Equal(["index", "files", "index"], Assert.Single(_monitor.Inversions).Circle);
    }

    [Fact]
    public void shows_every_reader_that_a_writer_waits_for_and_finds_the_circle_through_any_of_them()
    {
        WatchedReaderWriterLock files = _monitor.Watch(new PhaseFairReaderWriterLock(), "files");
        ILock index = _monitor.Watch(new FutexLock(), "index");
        using var cancel = new CancellationTokenSource();
        files.Reading.Enter(CancellationToken.None);
        var entered = new CyclicBarrier(2);      // each holds what the other will wait for before either waits
        Running reader = Threads.Start(() =>
        {
            using LockScope reading = files.Reading.EnterScope(CancellationToken.None);
            entered.Wait(CancellationToken.None);
            Assert.Throws<OperationCanceledException>(() => index.Enter(cancel.Token));
            entered.Wait(CancellationToken.None);   // or the first to let go would let the other in
        });
        Running writer = Threads.Start(() =>
        {
            using LockScope held = index.EnterScope(CancellationToken.None);
            entered.Wait(CancellationToken.None);
            Assert.Throws<OperationCanceledException>(() => files.Writing.Enter(cancel.Token));
            entered.Wait(CancellationToken.None);   // or the first to let go would let the other in
        });
        Threads.WaitUntil(() => _monitor.Dump().Contains("DEADLOCK", StringComparison.Ordinal));
        string[] lines = _monitor.Dump().Split('\n');
        cancel.Cancel();
        reader.Join();
        writer.Join();
        files.Reading.Exit();
        Assert.Equal(3, lines.Count(line => line.Contains("holds files", StringComparison.Ordinal)
            || line.Contains("waits for files, held by", StringComparison.Ordinal)));
        Assert.Contains("No watched lock", _monitor.Dump(), StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_what_the_lock_itself_cannot_see()
    {
        WatchedReaderWriterLock files = _monitor.Watch(new PhaseFairReaderWriterLock(), "files");
        files.Reading.Enter();
        Assert.True(files.Reading.IsHeldByCurrentThread && !files.Writing.IsHeldByCurrentThread);
        Assert.Throws<LockRecursionException>(() => files.Reading.Enter());
        Assert.Throws<LockRecursionException>(() => files.Writing.Enter());
        Assert.False(files.Reading.TryEnter() || files.Writing.TryEnter());
        Threads.Start(() => Assert.Throws<SynchronizationLockException>(files.Reading.Exit)).Join();
        Assert.Throws<SynchronizationLockException>(files.Writing.Exit);
        files.Reading.Exit();
        Assert.True(files.Writing.TryEnter());
    }

    [Fact]
    public void has_no_like_in_a_semaphore_of_several_units() =>
        Assert.Throws<ArgumentException>("gate", () => _monitor.Watch(new CountingSemaphore(2, maximum: 2), "units"));
}
