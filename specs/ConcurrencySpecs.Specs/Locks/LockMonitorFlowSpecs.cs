using ConcurrencySpecs.Locks;

public sealed class A_lock_monitor_of_code_that_awaits
{
    private readonly LockMonitor _monitor = new(new LockMonitorOptions { NotesHolders = true });

    public static TheoryData<string> Kinds => ["AsyncLock", "readers", "writers", "units"];

    [Theory, MemberData(nameof(Kinds))]
    public async Task reports_two_orders_before_any_task_waits_for_them(string kind)
    {
        WatchedAsyncLock accounts = Watch(kind, "accounts"), journal = Watch(kind, "journal");
        await Nest(accounts, journal);
        await Nest(accounts, journal);
        Assert.Empty(_monitor.Inversions);
        await Nest(journal, accounts);
        LockInversion seen = Assert.Single(_monitor.Inversions);
        Assert.Equal(["journal", "accounts", "journal"], seen.Circle);
        Assert.Contains(nameof(Nest), seen.Here, StringComparison.Ordinal);
        await Nest(journal, accounts);
        Assert.Single(_monitor.Inversions);
    }

    [Fact]
    public async Task reports_orders_between_threads_and_tasks()
    {
        WatchedAsyncLock journal = Watch("AsyncLock", "journal");
        ILock index = _monitor.Watch(new FutexLock(), "index");
        using (await journal.EnterAsync()) using (index.EnterScope(CancellationToken.None)) { }
        Assert.Empty(_monitor.Inversions);
        index.Enter(CancellationToken.None);
        Entered(journal.EnterAsync(CancellationToken.None)).Dispose();
        index.Exit();
        Assert.Equal(["index", "journal", "index"], Assert.Single(_monitor.Inversions).Circle);
    }

    [Fact]
    public async Task does_not_take_what_tasks_hold_side_by_side_for_one_order()
    {
        WatchedAsyncLock a = Watch("AsyncLock", "a"), b = Watch("AsyncLock", "b");
        var holds = new TaskCompletionSource();
        var ends = new TaskCompletionSource();
        var holder = Task.Run(async () =>
        {
            using WatchedScope held = await a.EnterAsync();
            holds.SetResult();
            await ends.Task;
        }, TestContext.Current.CancellationToken);
        await holds.Task;
        using (await b.EnterAsync()) { }
        ends.SetResult();
        await holder;
        await Nest(b, a);
        Assert.Empty(_monitor.Inversions);
    }

    [Fact]
    public async Task takes_what_was_held_when_a_task_was_started_for_held_by_it()
    {
        WatchedAsyncLock a = Watch("AsyncLock", "a"), b = Watch("AsyncLock", "b");
        using (await a.EnterAsync())
        {
            await Task.Run(async () => { using WatchedScope held = await b.EnterAsync(); }, TestContext.Current.CancellationToken);
        }

        await Nest(b, a);
        Assert.Single(_monitor.Inversions);
    }

    [Fact]
    public async Task reports_a_lock_that_its_holder_enters_again()
    {
        WatchedAsyncLock gate = Watch("AsyncLock", "gate");
        using var cancel = new CancellationTokenSource();
        using WatchedScope held = await gate.EnterAsync();
        ValueTask<WatchedScope> again = gate.EnterAsync(cancel.Token);
        Assert.Equal(["gate", "gate"], Assert.Single(_monitor.Inversions).Circle);
        Assert.Contains("DEADLOCK: flow 1 waits for gate, which flow 1 holds", _monitor.Dump(), StringComparison.Ordinal);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await again);
        Assert.DoesNotContain("waits for", _monitor.Dump(), StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task shows_who_holds_what_and_waits_for_whom(bool oneIsAThread)
    {
        WatchedAsyncLock a = Watch("AsyncLock", "the first");
        ILock b = _monitor.Watch(new FutexLock(), "a thread's");
        WatchedAsyncLock c = Watch("writers", "the second");
        using var cancel = new CancellationTokenSource();
        var together = new CyclicBarrier(2);
        Running one = Threads.Start(() =>
        {
            using WatchedScope held = Entered(a.EnterAsync(CancellationToken.None));
            together.Wait(CancellationToken.None);
            if (oneIsAThread) Assert.Throws<OperationCanceledException>(() => b.Enter(cancel.Token));
            else Assert.ThrowsAny<OperationCanceledException>(() => Entered(c.EnterAsync(cancel.Token)));
            together.Wait(CancellationToken.None);
        });
        Running two = Threads.Start(() =>
        {
            using WatchedScope held = Entered(c.EnterAsync(CancellationToken.None));
            using LockScope scope = b.EnterScope(CancellationToken.None);
            together.Wait(CancellationToken.None);
            Assert.ThrowsAny<OperationCanceledException>(() => Entered(a.EnterAsync(cancel.Token)));
            together.Wait(CancellationToken.None);
        });
        Threads.WaitUntil(() => _monitor.Dump().Contains("DEADLOCK", StringComparison.Ordinal));
        string dump = _monitor.Dump();
        await cancel.CancelAsync();
        one.Join();
        two.Join();
        Assert.Contains("waits for the first, held by ", dump, StringComparison.Ordinal);
        Assert.Contains(oneIsAThread ? "waits for a thread's, held by thread" : "waits for the second, held by flow", dump, StringComparison.Ordinal);
        Assert.Contains(nameof(shows_who_holds_what_and_waits_for_whom), dump, StringComparison.Ordinal);
        Assert.Contains("No watched lock", _monitor.Dump(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task calls_a_semaphore_stuck_only_when_all_who_hold_units_are()
    {
        WatchedSemaphore units = _monitor.WatchUnits(new CountingSemaphore(2, maximum: 2), "units");
        WatchedAsyncLock gate = Watch("AsyncLock", "gate");
        using var cancel = new CancellationTokenSource();
        WatchedScope other = default;
        Threads.Start(() => other = Entered(units.OfTasks.EnterAsync(CancellationToken.None))).Join();
        ValueTask<WatchedScope> forGate = default, forUnit = default;
        WatchedScope mine = await units.OfTasks.EnterAsync();
        using (ExecutionContext.SuppressFlow())         // or the thread would be part of this flow
        {
            Threads.Start(() =>
            {
                Entered(gate.EnterAsync(CancellationToken.None));
                forUnit = units.OfTasks.EnterAsync(cancel.Token);
            }).Join();
        }

        forGate = gate.EnterAsync(cancel.Token);
        string before = _monitor.Dump();
        other.Dispose();
        (await forUnit).Dispose();
        Assert.DoesNotContain("DEADLOCK", before, StringComparison.Ordinal);
        Assert.Contains("waits for units, held by flow 2, flow 1", before, StringComparison.Ordinal);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await forGate);
        mine.Dispose();
    }

    [Fact]
    public async Task finds_the_deadlock_of_those_who_hold_all_units()
    {
        WatchedSemaphore units = _monitor.WatchUnits(new CountingSemaphore(2, maximum: 2), "units");
        using var cancel = new CancellationTokenSource();
        using WatchedScope first = await units.OfTasks.EnterAsync();
        using WatchedScope second = await units.OfTasks.EnterAsync();
        ValueTask<WatchedScope> third = units.OfTasks.EnterAsync(cancel.Token);
        Assert.Contains("DEADLOCK: flow 1 waits for units, which flow 1 holds", _monitor.Dump(), StringComparison.Ordinal);
        Assert.Empty(_monitor.Inversions);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await third);
    }

    [Fact]
    public async Task shows_a_hold_that_was_carried_out_of_its_method_but_takes_no_order_from_it()
    {
        WatchedAsyncLock a = Watch("AsyncLock", "a"), b = Watch("AsyncLock", "b");
        using (await EnterElsewhere(a)) using (await b.EnterAsync()) Assert.Contains("holds a", _monitor.Dump(), StringComparison.Ordinal);
        await Nest(b, a);
        Assert.Empty(_monitor.Inversions);
    }

    [Fact]
    public async Task tells_of_a_wait_that_lasts_too_long_and_lets_it_go_on()
    {
        var told = new TaskCompletionSource<string>();
        var monitor = new LockMonitor(new LockMonitorOptions { LongWait = TimeSpan.FromMilliseconds(5), OnLongWait = told.SetResult });
        WatchedAsyncLock gate = monitor.Watch(new AsyncLock(), "slow");
        WatchedScope held = await gate.EnterAsync();
        ValueTask<WatchedScope> waiting = gate.EnterAsync();
        Assert.Contains("waits for slow", await told.Task, StringComparison.Ordinal);
        held.Dispose();
        Assert.True((await waiting).IsHeld);
    }

    [Fact]
    public async Task changes_nothing_of_what_the_lock_promises()
    {
        WatchedAsyncLock gate = Watch("AsyncLock", "gate");
        WatchedScope first = await gate.EnterAsync(), copy = first;
        Assert.True(first.IsHeld && !gate.TryEnter(out WatchedScope none) && !none.IsHeld);
        Assert.False((await gate.TryEnterAsync(TimeSpan.Zero)).IsHeld);
        Assert.False((await gate.TryEnterAsync(TimeSpan.FromMilliseconds(1))).IsHeld);
        first.Dispose();
        using WatchedScope second = await gate.EnterAsync();
        copy.Dispose();
        Assert.True(second.IsHeld && !copy.IsHeld);
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => { _ = gate.TryEnterAsync(TimeSpan.FromSeconds(-2)).AsTask(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await gate.EnterAsync(new CancellationToken(true)));
        Assert.Throws<ArgumentNullException>(() => _monitor.Watch((AsyncLock)null!, "gate"));
        Assert.Throws<ArgumentException>(() => _monitor.WatchUnits(new CountingSemaphore(2), ""));
    }

    private static async Task Nest(WatchedAsyncLock outer, WatchedAsyncLock inner)
    {
        using WatchedScope first = await outer.EnterAsync();
        await Task.Yield();
        using WatchedScope second = await inner.EnterAsync();
    }

    private static async Task<WatchedScope> EnterElsewhere(WatchedAsyncLock gate) => await gate.EnterAsync();

    private static WatchedScope Entered(ValueTask<WatchedScope> entering) => entering.AsTask().GetAwaiter().GetResult();

    private WatchedAsyncLock Watch(string kind, string name) => kind switch
    {
        "readers" => _monitor.Watch(new AsyncReaderWriterLock(), name).Reading,
        "writers" => _monitor.Watch(new AsyncReaderWriterLock(), name).Writing,
        "units" => _monitor.WatchUnits(new CountingSemaphore(2, maximum: 2), name).OfTasks,
        _ => _monitor.Watch(new AsyncLock(), name),
    };
}
