using System.Diagnostics;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_process_semaphore
{
    [Fact]
    public void gives_as_many_units_as_it_has()
    {
        using var units = ProcessSemaphore.Create(2, 3);
        units.Wait();
        Assert.True(units.TryWait(TimeSpan.Zero));
        Assert.False(units.TryWait(TimeSpan.Zero));
        units.Release(2);
        Assert.Equal((2, 3), (units.CurrentCount, units.Maximum));
    }

    [Fact]
    public void may_grow_to_its_maximum_and_refuses_what_is_beyond()
    {
        using var units = ProcessSemaphore.Create(0, 2);
        units.Release(2);
        Assert.Throws<SemaphoreFullException>(() => units.Release());
        Assert.Equal(2, units.CurrentCount);
        units.Wait();
        Assert.Throws<SemaphoreFullException>(() => units.Release(2));
        Assert.Equal(1, units.CurrentCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => units.Release(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessSemaphore.Create(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessSemaphore.Create(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessSemaphore.Create(3, 2));
    }

    [Fact]
    public void gives_up_when_the_time_is_over_and_takes_nothing_then()
    {
        using var units = ProcessSemaphore.Create(0);
        long start = Stopwatch.GetTimestamp();
        Assert.False(units.TryWait(TimeSpan.FromMilliseconds(60)));
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(60));
        units.Release();
        Assert.Equal(1, units.CurrentCount);
    }

    [Fact]
    public void ends_a_wait_that_is_cancelled_or_whose_semaphore_is_disposed()
    {
        var units = ProcessSemaphore.Create(0);
        using var stop = new CancellationTokenSource();
        Running cancelled = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => units.Wait(stop.Token)));
        Running disposed = Threads.Start(() => Assert.Throws<ObjectDisposedException>(() => units.Wait()));
        stop.Cancel();
        cancelled.Join();
        units.Dispose();
        disposed.Join();
        Assert.Throws<ObjectDisposedException>(() => units.Release());
        Assert.Throws<ObjectDisposedException>(() => units.CurrentCount);
    }

    [Fact]
    public void wakes_a_waiter_of_another_process_for_each_unit()
    {
        using var units = ProcessSemaphore.Create(0);
        ChildProcess[] waiting = [.. Enumerable.Range(0, 2).Select(_ => ChildProcess.Create(it => { it.Wait(); Children.EndHere(); }, units).Start())];
        units.Release(2);
        foreach (ChildProcess child in waiting)
        {
            child.JoinSoon();
            child.Dispose();
        }
    }

    [Fact]
    public void lets_no_more_in_than_it_has_units()
    {
        const int rounds = 2_000, most = 2;
        using var units = ProcessSemaphore.Create(most, most);
        using var inside = SharedArray.Create<int>(1);
        ChildProcess<bool>[] children = [.. Enumerable.Range(0, 3).Select(_ => ChildProcess.Create(it =>
        {
            bool isRight = true;
            for (int i = 0; i < rounds; i++)
            {
                it.Units.Wait();
                isRight &= Interlocked.Increment(ref it.Inside.AsSpan()[0]) <= most;
                Interlocked.Decrement(ref it.Inside.AsSpan()[0]);
                it.Units.Release();
            }

            return isRight;
        }, new Room(units, inside)).Start())];
        foreach (ChildProcess<bool> child in children)
        {
            Assert.True(child.Result);
            child.Dispose();
        }

        Assert.Equal(most, units.CurrentCount);
    }

    [Fact]
    public void takes_the_units_of_the_dead_back_and_says_so()
    {
        using var units = ProcessSemaphore.Create(2, 2);
        using ChildProcess<int> holder = ChildProcess.Create(Keep, units).Start();
        holder.JoinSoon();
        Assert.Equal(0, units.RecoveredUnits);
        units.Wait();
        units.Wait();
        Assert.Equal(2, units.RecoveredUnits);
        units.Release(2);
        Assert.Throws<SemaphoreFullException>(() => units.Release());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void takes_the_units_of_the_dead_back_also_for_who_does_not_wait(int milliseconds)
    {
        using var units = ProcessSemaphore.Create(1, 1);
        using ChildProcess<int> holder = ChildProcess.Create(it => { it.Wait(); return it.CurrentCount; }, units).Start();
        holder.JoinSoon();
        Assert.True(units.TryWait(TimeSpan.FromMilliseconds(milliseconds)));
        Assert.Equal(1, units.RecoveredUnits);
        Assert.False(units.TryWait(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Fact]
    public void gives_the_place_of_the_dead_to_the_next_without_their_units()
    {
        using var units = ProcessSemaphore.Create(2, 2);
        using ChildProcess<int> holder = ChildProcess.Create(Keep, units).Start();
        holder.JoinSoon();
        using ChildProcess<int> next = ChildProcess.Create(it => it.CurrentCount, units).Start();      // takes the free place
        Assert.Equal(2, next.Result);
        Assert.Equal(2, units.RecoveredUnits);
    }

    [Fact]
    public void counts_a_unit_once_that_another_process_gave_back()
    {
        using var units = ProcessSemaphore.Create(1, 5);
        using var taken = ProcessEvent.Create();
        using ChildProcess holder = ChildProcess.Create(it =>
        {
            it.Units.Wait();
            it.Taken.Set();
            Children.WaitForEver();
        }, new Handing(units, taken)).Start();
        taken.Wait();
        units.Release();                    // handed over
        holder.Kill();
        holder.JoinSoon();
        units.Wait();
        Assert.False(units.TryWait(TimeSpan.FromMilliseconds(60)));
        Assert.Equal(0, units.RecoveredUnits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void loses_no_unit_however_its_users_are_killed(int seed)
    {
        using var units = ProcessSemaphore.Create(2, 2);
        Kills.AgainAndAgain(seed, it =>
        {
            for (ProcessSemaphore own = it.Begin(); ;)
            {
                own.Wait();
                own.Release();
            }
        }, units, patience =>
        {
            units.Wait(patience);
            units.Release();
        });
        Assert.True(units.TryWait(Children.Patience) && units.TryWait(Children.Patience));
        Assert.False(units.TryWait(TimeSpan.Zero));
        units.Release(2);
    }

    private static int Keep(ProcessSemaphore units)
    {
        units.Wait();
        units.Wait();
        return units.CurrentCount;
    }

    private sealed record Room(ProcessSemaphore Units, SharedArray<int> Inside);

    private sealed record Handing(ProcessSemaphore Units, ProcessEvent Taken);
}
