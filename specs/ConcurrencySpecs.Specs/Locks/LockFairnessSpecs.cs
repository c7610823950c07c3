using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Locks;

/// <summary>Who comes next, in every schedule.</summary>
public sealed class The_fairness_of_locks
{
    private static readonly ExplorationOptions _options = ExplorationOptions.Default with { Time = TimeSpan.FromSeconds(20) };

    [Fact]
    public void of_a_ticket_lock_is_the_order_of_the_tickets() => Assert.True(Explore.Every(static () =>
    {
        var gate = new TicketLock(looks: int.MaxValue);
        AreServedInOrder(gate, () => gate.InLine);
    }, _options).Exhausted);

    [Fact]
    public void of_a_ticket_lock_lets_nobody_pass_who_sleeps() => Assert.True(Explore.Every(static () =>
    {
        var gate = new TicketLock(looks: 0);
        bool served = false;
        gate.Enter();
        var waiter = new Thread(() =>
        {
            gate.Enter();
            Volatile.Write(ref served, true);
            gate.Exit();
        });
        waiter.Start();
        while (gate.InLine < 2) Thread.Yield();
        gate.Exit();
        if (gate.TryEnter(TimeSpan.FromTicks(1))) Assert.True(Volatile.Read(ref served), "somebody got in before the one who had drawn a ticket");
        waiter.Join();
    }, _options).Exhausted);

    [Fact]
    public void of_a_ticket_lock_reaches_who_sleeps_without_a_ticket() => Assert.True(Explore.Every(static () =>
    {
        var gate = new TicketLock(looks: 0);
        using var never = new CancellationTokenSource();
        gate.Enter();
        var waiter = new Thread(() =>
        {
            gate.Enter(never.Token);
            gate.Exit();
        });
        waiter.Start();
        gate.Exit();
        gate.Enter(CancellationToken.None);
        gate.Exit();
        waiter.Join();
    }, _options).Exhausted);

    [Fact]
    public void of_an_mcs_lock_is_the_order_of_arrival() => Assert.True(Explore.Every(static () =>
    {
        var gate = new McsLock(spins: 0);
        AreServedInOrder(gate, () => gate.Tail);
    }, _options).Exhausted);

    [Fact]
    public void of_a_futex_lock_hands_it_to_a_waiter_who_was_passed_too_often() => Assert.True(Explore.Every(static () =>
    {
        var gate = new FutexLock(spins: 0, patience: 0);
        bool served = false;
        gate.Enter();
        var waiter = new Thread(() =>
        {
            gate.Enter();
            Volatile.Write(ref served, true);
            gate.Exit();
        });
        waiter.Start();
        while (!gate.HasHeir) Thread.Yield();
        gate.Exit();
        if (gate.TryEnter()) Assert.True(Volatile.Read(ref served), "somebody got in before the one who had claimed the lock");
        waiter.Join();
    }, _options).Exhausted);

    [Fact]
    public void of_a_futex_lock_passes_a_claim_on_when_the_claimant_gives_up() => Assert.True(Explore.Every(static () =>
    {
        var gate = new FutexLock(spins: 0, patience: 0);
        gate.Enter();
        var hasty = new Thread(() => { if (gate.TryEnter(TimeSpan.FromTicks(1))) gate.Exit(); });
        var patient = new Thread(() => { gate.Enter(); gate.Exit(); });
        hasty.Start();
        patient.Start();
        gate.Exit();
        hasty.Join();
        patient.Join();
        Assert.True(gate.TryEnter());
    }, _options with { Schedules = 3_000, MayEndAtBound = true }).Schedules > 0);

    [Fact]
    public void of_a_futex_lock_wakes_the_heir_and_not_only_the_one_who_claims_after_it() => Assert.True(Explore.Every(static () =>
    {
        // Who holds the lock now may still sleep where the next claimant lies down: a wake-up for one of the two went to the wrong one.
        TwoGetWhatIsHeld(new FutexLock(spins: 0, patience: 0));
    }, _options).Exhausted);

    [Fact]
    public void of_a_futex_lock_forgets_no_sleeper_for_one_who_spins_before_entering() => Assert.True(Explore.Sample(static () =>
    {
        // One who had slept once entered from its spinning without the mark that others may sleep: they slept on before a free lock.
        TwoGetWhatIsHeld(new FutexLock(spins: 1, patience: 1));
    }, _options with { Schedules = 3_000 }).Schedules > 0);

    [Fact]
    public void of_a_process_lock_forgets_no_sleeper_for_one_who_gives_up_after_being_woken() => Assert.True(Explore.Sample(static () =>
    {
        // Who was woken and found the lock taken again and its time over once left without a word: nobody woke the other sleeper any more.
        var gate = new SharedLock();
        var hasty = new Thread(() => { if (gate.TryEnter(TimeSpan.FromTicks(1))) gate.Exit(); });
        var patient = new Thread(() => { gate.Enter(); gate.Exit(); });
        gate.Enter();
        hasty.Start();
        patient.Start();
        gate.Exit();
        if (gate.TryEnter()) gate.Exit();
        hasty.Join();
        patient.Join();
    }, _options with { Schedules = 3_000 }).Schedules > 0);

    private static void TwoGetWhatIsHeld(FutexLock gate)
    {
        Thread[] others = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            gate.Enter();
            gate.Exit();
        }))];
        gate.Enter();
        foreach (Thread other in others) other.Start();
        gate.Exit();
        foreach (Thread other in others) other.Join();
    }

    private static void AreServedInOrder(ILock gate, Func<object?> endOfTheLine)
    {
        int served = 0;
        gate.Enter();
        Thread first = Come(1), second = Come(2);
        gate.Exit();
        first.Join();
        second.Join();

        Thread Come(int place)
        {
            object? end = endOfTheLine();
            var waiter = new Thread(() =>
            {
                gate.Enter();
                Assert.Equal(place, ++served);
                gate.Exit();
            });
            waiter.Start();
            while (Equals(end, endOfTheLine())) Thread.Yield();
            return waiter;
        }
    }
}
