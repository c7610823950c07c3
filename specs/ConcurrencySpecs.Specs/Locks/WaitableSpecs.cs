using ConcurrencySpecs.Locks;

public sealed class A_counting_semaphore : A_waitable
{
    protected override Waitable NewClosed(TimeProvider? clock = null) => new CountingSemaphore(0, clock: clock);

    protected override void Open(Waitable at) => ((CountingSemaphore)at).Release();

    [Fact]
    public void counts_what_is_left()
    {
        var semaphore = new CountingSemaphore(2);
        Assert.True(semaphore.TryWait() && semaphore.TryWait());
        Assert.False(semaphore.TryWait());
        semaphore.Release(5);
        Assert.Equal(5, semaphore.CurrentCount);
        Assert.Equal(int.MaxValue, semaphore.Maximum);
    }

    [Fact]
    public void throws_and_changes_nothing_when_more_is_released_than_its_maximum()
    {
        var semaphore = new CountingSemaphore(1, maximum: 2);
        Assert.Throws<SemaphoreFullException>(() => semaphore.Release(2));
        Assert.Throws<SemaphoreFullException>(() => semaphore.Release(int.MaxValue));
        Assert.Equal(1, semaphore.CurrentCount);
        semaphore.Release();
        Assert.Throws<SemaphoreFullException>(() => semaphore.Release());
        var boundless = new CountingSemaphore(int.MaxValue);
        Assert.Throws<SemaphoreFullException>(() => boundless.Release());
    }

    [Fact]
    public async Task gives_units_in_the_order_of_arrival_and_to_no_newcomer_before()
    {
        var semaphore = new CountingSemaphore(0);
        ValueTask first = semaphore.WaitAsync(), second = semaphore.WaitAsync();
        semaphore.Release();
        await first;
        Assert.False(second.IsCompleted);
        Assert.False(semaphore.TryWait(), "a newcomer has passed one who waits");
        semaphore.Release(2);
        await second;
        Assert.Equal(1, semaphore.CurrentCount);
    }

    [Fact]
    public void refuses_counts_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>("initial", () => new CountingSemaphore(-1));
        Assert.Throws<ArgumentOutOfRangeException>("initial", () => new CountingSemaphore(3, maximum: 2));
        Assert.Throws<ArgumentOutOfRangeException>("maximum", () => new CountingSemaphore(0, maximum: 0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => new CountingSemaphore(0).Release(0));
    }
}

public sealed class A_manual_gate : A_waitable
{
    protected override Waitable NewClosed(TimeProvider? clock = null) => new ManualGate(clock: clock);

    protected override void Open(Waitable at) => ((ManualGate)at).Set();

    [Fact]
    public void lets_everybody_through_until_it_is_reset()
    {
        var gate = new ManualGate(set: true);
        Assert.True(gate.IsSet && gate.TryWait() && gate.TryWait());
        gate.Reset();
        Assert.False(gate.IsSet || gate.TryWait());
    }

    [Fact]
    public async Task lets_all_through_who_wait_even_when_it_is_reset_at_once()
    {
        var gate = new ManualGate();
        Running thread = Threads.Start(() => gate.Wait()).Blocked();
        ValueTask task = gate.WaitAsync();
        gate.Set();
        gate.Reset();
        thread.Join();
        await task;
        Assert.False(gate.IsSet);
    }
}

public sealed class An_auto_gate : A_waitable
{
    protected override Waitable NewClosed(TimeProvider? clock = null) => new AutoGate(clock: clock);

    protected override void Open(Waitable at) => ((AutoGate)at).Set();

    [Fact]
    public async Task lets_one_through_each_time_it_is_set_the_longest_waiting_first()
    {
        var gate = new AutoGate();
        ValueTask first = gate.WaitAsync(), second = gate.WaitAsync();
        gate.Set();
        await first;
        Assert.False(second.IsCompleted || gate.IsSet);
        gate.Set();
        await second;
        Assert.False(gate.TryWait());
    }

    [Fact]
    public void counts_settings_that_meet_nobody_as_one_and_forgets_them_when_reset()
    {
        var gate = new AutoGate(set: true);
        gate.Set();
        Assert.True(gate.TryWait());
        Assert.False(gate.TryWait());
        gate.Set();
        gate.Reset();
        Assert.False(gate.IsSet || gate.TryWait());
    }
}

public sealed class A_countdown_latch : A_waitable
{
    protected override Waitable NewClosed(TimeProvider? clock = null) => new CountdownLatch(2, clock);

    protected override void Open(Waitable at) => ((CountdownLatch)at).Signal(2);

    [Fact]
    public void is_opened_for_ever_by_its_last_signal()
    {
        var latch = new CountdownLatch(3);
        Assert.False(latch.Signal());
        Assert.False(latch.TryWait());
        Assert.True(latch.Signal(2));
        Assert.True(latch.TryWait() && latch.TryWait());
        Assert.True(new CountdownLatch(0).TryWait());
    }

    [Fact]
    public void throws_and_changes_nothing_when_it_is_signalled_too_often()
    {
        var latch = new CountdownLatch(2);
        Assert.Throws<InvalidOperationException>(() => latch.Signal(3));
        Assert.Equal(2, latch.CurrentCount);
        latch.Signal(2);
        Assert.Throws<InvalidOperationException>(() => latch.Signal());
        Assert.Throws<ArgumentOutOfRangeException>("count", () => latch.Signal(0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => new CountdownLatch(-1));
    }
}
