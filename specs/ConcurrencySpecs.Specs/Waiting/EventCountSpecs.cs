using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Waiting;

public sealed class An_eventcount
{
    [Fact]
    public void wakes_who_announced_before_the_notification()
    {
        var ready = new EventCount();
        Announcement mine = ready.Announce();
        ready.NotifyOne();
        Assert.True(ready.Wait(mine, TimeSpan.Zero));
    }

    [Fact]
    public void wakes_nobody_who_announces_after_it()
    {
        var ready = new EventCount();
        ready.NotifyOne();
        Assert.False(ready.Wait(ready.Announce(), TimeSpan.Zero));
    }

    [Fact]
    public void wakes_one_after_the_other_in_the_order_of_their_announcements()
    {
        var ready = new EventCount();
        Announcement first = ready.Announce(), second = ready.Announce();
        ready.NotifyOne();
        Assert.False(ready.Wait(second, TimeSpan.Zero));
        Assert.True(ready.Wait(first, TimeSpan.Zero));
    }

    [Fact]
    public async Task wakes_all()
    {
        var ready = new EventCount();
        ValueTask<bool>[] waits = [.. Enumerable.Range(0, 3).Select(_ => ready.WaitAsync(ready.AnnounceAsync(), Timeout.InfiniteTimeSpan))];
        ready.NotifyAll();
        foreach (ValueTask<bool> wait in waits) Assert.True(await wait);
    }

    [Fact]
    public void hands_on_the_wake_up_of_one_that_withdraws()
    {
        var ready = new EventCount();
        Announcement first = ready.Announce(), second = ready.Announce();
        ready.NotifyOne();
        ready.Withdraw(first);
        Assert.True(ready.Wait(second, TimeSpan.Zero));
    }

    [Fact]
    public void wakes_a_thread_that_sleeps()
    {
        var ready = new EventCount();
        Running sleeper = Threads.Start(() => ready.Wait(ready.Announce())).Blocked();
        ready.NotifyOne();
        sleeper.Join();
    }

    [Fact]
    public void gives_up_by_the_clock_it_was_given()
    {
        var clock = new FakeTimeProvider();
        var ready = new EventCount(clock);
        bool woken = true;
        Running sleeper = Threads.Start(() => woken = ready.Wait(ready.Announce(), TimeSpan.FromSeconds(5)));
        Threads.WaitUntil(() => clock.Timers == 1);
        clock.Advance(TimeSpan.FromSeconds(5));
        sleeper.Join();
        Assert.False(woken);
    }

    [Fact]
    public void ends_a_wait_that_is_cancelled()
    {
        var ready = new EventCount();
        using var cancel = new CancellationTokenSource();
        Running sleeper = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => ready.Wait(ready.Announce(), cancel.Token))).Blocked();
        cancel.Cancel();
        sleeper.Join();
    }

    [Fact]
    public void forgets_an_announcement_whose_wait_was_misused()
    {
        var ready = new EventCount();
        Announcement first = ready.Announce(), second = ready.Announce();
        Assert.Throws<ArgumentOutOfRangeException>(() => ready.Wait(first, TimeSpan.FromSeconds(-2)));
        ready.NotifyOne();
        Assert.True(ready.Wait(second, TimeSpan.Zero));
    }

    [Fact]
    public void loses_no_wake_up_in_any_schedule()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var ready = new EventCount();
            bool done = false;
            Task other = Task.Run(() =>
            {
                Volatile.Write(ref done, true);
                ready.NotifyOne();
            });
            while (!Volatile.Read(ref done))
            {
                Announcement mine = ready.Announce();
                if (!Volatile.Read(ref done)) ready.Wait(mine);
                else ready.Withdraw(mine);
            }

            other.GetAwaiter().GetResult();
        });
        Assert.True(result.Exhausted, result.ToString());
    }
}
