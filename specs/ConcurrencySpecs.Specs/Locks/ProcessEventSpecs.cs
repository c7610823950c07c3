using System.Diagnostics;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

public sealed class A_process_event
{
    [Fact]
    public void lets_everybody_through_while_it_is_set()
    {
        using var gate = ProcessEvent.Create();
        Assert.False(gate.IsSet);
        Assert.False(gate.TryWait(TimeSpan.Zero));
        gate.Set();
        gate.Set();
        Assert.True(gate.IsSet);
        gate.Wait();
        Assert.True(gate.TryWait(TimeSpan.Zero));
        gate.Reset();
        gate.Reset();
        Assert.False(gate.TryWait(TimeSpan.Zero));
    }

    [Fact]
    public void lets_waiters_of_other_processes_through()
    {
        using var gate = ProcessEvent.Create();
        using var ready = ProcessEvent.Create();
        using ChildProcess<bool> child = ChildProcess.Create(it =>
        {
            it.Ready.Set();
            return it.Gate.TryWait(Children.Patience);
        }, new Gates(gate, ready)).Start();
        ready.Wait();
        gate.Set();
        Assert.True(child.Result);
    }

    [Fact]
    public void is_opened_by_name()
    {
        using var named = new Named();
        using var gate = ProcessEvent.Create(named.Name);
        using ChildProcess child = ChildProcess.Create(name => ProcessEvent.Open(name).Set(), named.Name).Start();
        gate.Wait();
        Assert.Throws<InvalidDataException>(() => ProcessLock.Open(named.Name));
        gate.Unlink();
        child.JoinSoon();
    }

    [Fact]
    public void gives_up_when_the_time_is_over_and_not_before()
    {
        using var gate = ProcessEvent.Create();
        long start = Stopwatch.GetTimestamp();
        Assert.False(gate.TryWait(TimeSpan.FromMilliseconds(70)));
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(70));
        Assert.Throws<ArgumentOutOfRangeException>(() => gate.TryWait(TimeSpan.FromSeconds(-5)));
    }

    [Fact]
    public void ends_a_wait_that_is_cancelled_or_whose_event_is_disposed()
    {
        var gate = ProcessEvent.Create();
        using var stop = new CancellationTokenSource();
        Running cancelled = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => gate.Wait(stop.Token)));
        Running disposed = Threads.Start(() => Assert.Throws<ObjectDisposedException>(() => gate.Wait()));
        stop.Cancel();
        cancelled.Join();
        Assert.Throws<OperationCanceledException>(() => gate.Wait(stop.Token));
        gate.Dispose();
        disposed.Join();
        Assert.Throws<ObjectDisposedException>(gate.Set);
        Assert.Throws<ObjectDisposedException>(() => gate.IsSet);
    }

    [Fact]
    public void wakes_everybody_although_who_set_it_was_killed_between_commit_and_wake_and_all_others_are_idle()
    {
        using var gate = ProcessEvent.Create();
        using var ready = ProcessEvent.Create();
        using var killed = ChildProcess.Create(it =>
        {
            it.Ready.Wait();
            SharedEvent.Commit(ref it.Gate.Words);              // set, and nobody woken
            Children.EndHere();
        }, new Gates(gate, ready)).Start();
        Running[] waiting = [.. Enumerable.Range(0, 2).Select(_ => Threads.Start(() => Assert.True(gate.TryWait(Children.Patience))))];
        ready.Set();
        foreach (Running one in waiting) one.Join();
    }

    [Fact]
    public void survives_the_death_of_those_who_wait_at_it()
    {
        using var gate = ProcessEvent.Create();
        using var folder = new Folder();
        using ChildProcess waiter = ChildProcess.Create(it => { Children.Say(it.Said, 1); it.Gate.Wait(); }, new Waiter(gate, folder.File("waits"))).Start();
        Children.Hear(folder.File("waits"));
        waiter.Kill();
        waiter.JoinSoon();
        Running other = Threads.Start(() => gate.Wait());
        gate.Set();
        other.Join();
    }

    [Fact]
    public void loses_no_wake_up_under_any_interleaving() => Explore.Every(() =>
    {
        var box = new Box();
        var first = new Thread(() => Assert.True(SharedEvent.Wait(ref box.Words, 0, Patience.Endless(), null)));
        var second = new Thread(() => Assert.True(SharedEvent.Wait(ref box.Words, 0, Patience.Endless(), null)));
        first.Start();
        second.Start();
        SharedEvent.Set(ref box.Words);
        first.Join();
        second.Join();
    });

    [Fact]
    public void lets_through_who_waited_when_it_was_set_even_when_it_is_reset_at_once()
    {
        using var gate = ProcessEvent.Create();
        Running waiter = Threads.Start(() => Assert.True(gate.TryWait(Children.Patience)));
        Threads.WaitUntil(() => Volatile.Read(ref gate.Words.Waiting.Announced) != 0);
        gate.Set();
        gate.Reset();
        waiter.Join();
        Assert.False(gate.IsSet);
    }

    private sealed class Box
    {
        public EventWords Words;
    }

    private sealed record Gates(ProcessEvent Gate, ProcessEvent Ready);

    private sealed record Waiter(ProcessEvent Gate, string Said);
}
