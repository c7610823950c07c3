using ConcurrencySpecs.Locks;

public sealed class A_futex_lock : A_lock
{
    protected override ILock New() => new FutexLock();
}

public sealed class A_futex_lock_that_never_spins : A_lock
{
    protected override ILock New() => new FutexLock(spins: 0, patience: 0);
}

public sealed class A_ticket_lock : A_lock
{
    protected override ILock New() => new TicketLock();
}

public sealed class A_ticket_lock_that_never_spins : A_lock
{
    protected override ILock New() => new TicketLock(looks: 0);
}

public sealed class An_mcs_lock : A_lock
{
    protected override ILock New() => new McsLock();
}

public sealed class A_recursive_lock : A_lock
{
    protected override ILock New() => new RecursiveLock();

    public override void tells_a_holder_that_it_would_wait_for_itself()
    {
        // A recursive lock has nothing to tell: the holder enters again.
        var gate = new RecursiveLock();
        gate.Enter();
        Assert.True(gate.TryEnter());
        Assert.True(gate.TryEnter(Timeout.InfiniteTimeSpan));
        Assert.Equal(3, gate.Depth);
    }

    [Fact]
    public void is_free_once_it_has_been_exited_as_often_as_entered()
    {
        var gate = new RecursiveLock();
        for (int level = 0; level < 3; level++) gate.Enter();
        for (int level = 3; level > 0; level--)
        {
            Assert.Equal(level, gate.Depth);
            Assert.False(Elsewhere(gate.TryEnter));
            gate.Exit();
        }

        Assert.Equal(0, gate.Depth);
        Assert.Throws<SynchronizationLockException>(gate.Exit);
        Assert.True(Elsewhere(gate.TryEnter));
    }
}
