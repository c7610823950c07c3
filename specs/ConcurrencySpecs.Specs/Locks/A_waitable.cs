using ConcurrencySpecs.Locks;

/// <summary>What everything does at which callers wait; each implementation inherits it.</summary>
public abstract class A_waitable
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    /// <summary>One that lets nobody through yet.</summary>
    protected abstract Waitable NewClosed(TimeProvider? clock = null);

    /// <summary>Lets at least one through.</summary>
    protected abstract void Open(Waitable at);

    [Fact]
    public void lets_a_thread_through_once_it_is_open()
    {
        Waitable at = NewClosed();
        Assert.False(at.TryWait());
        Running waiter = Threads.Start(() => at.Wait()).Blocked();
        Open(at);
        waiter.Join();
    }

    [Fact]
    public async Task lets_a_task_through_once_it_is_open()
    {
        Waitable at = NewClosed();
        ValueTask waiting = at.WaitAsync();
        Assert.False(waiting.IsCompleted);
        Open(at);
        await waiting;
    }

    [Fact]
    public async Task gives_up_when_the_time_is_over_on_its_clock()
    {
        var clock = new FakeTimeProvider();
        Waitable at = NewClosed(clock);
        bool passed = true;
        Running thread = Threads.Start(() => passed = at.TryWait(_second)).Blocked();
        Threads.WaitUntil(() => clock.Timers == 1);
        ValueTask<bool> task = at.TryWaitAsync(_second);
        clock.Advance(_second);
        thread.Join();
        Assert.False(passed);
        Assert.False(await task);
    }

    [Fact]
    public async Task ends_waits_whose_token_is_cancelled_and_keeps_what_they_waited_for()
    {
        Waitable at = NewClosed();
        using var cancel = new CancellationTokenSource();
        Running thread = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => at.Wait(cancel.Token))).Blocked();
        ValueTask task = at.WaitAsync(cancel.Token);
        await cancel.CancelAsync();
        thread.Join();
        OperationCanceledException thrown = await Assert.ThrowsAsync<OperationCanceledException>(async () => await task);
        Assert.Equal(cancel.Token, thrown.CancellationToken);
        Open(at);
        Assert.True(at.TryWait());
    }

    [Fact]
    public void keeps_what_an_interrupted_thread_waited_for()
    {
        Waitable at = NewClosed();
        Running waiter = Threads.Start(() => Assert.Throws<ThreadInterruptedException>(() => at.Wait())).Blocked();
        waiter.Interrupt();
        waiter.Join();
        Open(at);
        Assert.True(at.TryWait());
    }

    [Fact]
    public async Task lets_nobody_through_whose_token_is_cancelled_already()
    {
        Waitable at = NewClosed();
        Open(at);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => at.Wait(cancelled));
        Assert.Throws<OperationCanceledException>(() => at.TryWait(_second, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await at.WaitAsync(cancelled));
        Assert.True(at.TryWait());
    }

    [Theory, InlineData(-2), InlineData(1e12)]
    public void refuses_a_time_out_that_is_no_span(double milliseconds)
    {
        Waitable at = NewClosed();
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(timeout), () => at.TryWait(timeout));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(timeout), () => { _ = at.TryWaitAsync(timeout).AsTask(); });
    }
}
