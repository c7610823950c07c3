using ConcurrencySpecs.Locks;

public sealed class A_cyclic_barrier
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public void gives_each_party_a_place_of_its_own_and_runs_the_action_once_for_each_crossing()
    {
        const int Rounds = 200;
        int actions = 0;
        var barrier = new CyclicBarrier(3, () => actions++);
        int[][] places = [new int[Rounds], new int[Rounds], new int[Rounds]];
        Threads.Run([.. Enumerable.Range(0, 3).Select(party => (Action)(() =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                places[party][round] = barrier.Wait();
                Assert.True(Volatile.Read(ref actions) > round, "left before the action had run");
            }
        }))]);
        Assert.Equal(Rounds, actions);
        for (int round = 0; round < Rounds; round++) Assert.Equal([0, 1, 2], places.Select(of => of[round]).Order());
    }

    [Fact]
    public void lets_a_single_party_through_at_once()
    {
        var barrier = new CyclicBarrier(1);
        Assert.Equal(0, barrier.Wait());
        Assert.Equal(BarrierResult.Crossed, barrier.TryWait(TimeSpan.Zero, out int place));
        Assert.Equal((0, 1, 0), (place, barrier.Participants, barrier.ParticipantsWaiting));
    }

    [Fact]
    public void is_broken_for_all_when_one_has_no_more_time()
    {
        var clock = new FakeTimeProvider();
        var barrier = new CyclicBarrier(3, clock: clock);
        BarrierResult late = BarrierResult.Crossed;
        Running patient = Threads.Start(() => Assert.Throws<BrokenBarrierException>(() => barrier.Wait())).Blocked();
        Running hasty = Threads.Start(() => late = barrier.TryWait(_second, out _)).Blocked();
        Threads.WaitUntil(() => clock.Timers == 1);
        Assert.Equal(2, barrier.ParticipantsWaiting);
        clock.Advance(_second);
        hasty.Join();
        patient.Join();
        Assert.Equal(BarrierResult.TimedOut, late);
        Assert.Equal((true, 0), (barrier.IsBroken, barrier.ParticipantsWaiting));
        Assert.Equal(BarrierResult.Broken, barrier.TryWait(_second, out int place));
        Assert.Equal(-1, place);
    }

    [Fact]
    public void is_broken_for_all_when_one_is_cancelled_or_interrupted()
    {
        using var cancel = new CancellationTokenSource();
        var barrier = new CyclicBarrier(3);
        Running patient = Threads.Start(() => Assert.Throws<BrokenBarrierException>(() => barrier.Wait())).Blocked();
        Running cancelled = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => barrier.Wait(cancel.Token))).Blocked();
        cancel.Cancel();
        cancelled.Join();
        patient.Join();

        barrier.Reset();
        patient = Threads.Start(() => Assert.Throws<BrokenBarrierException>(() => barrier.Wait())).Blocked();
        Running interrupted = Threads.Start(() => Assert.Throws<ThreadInterruptedException>(() => barrier.Wait())).Blocked();
        interrupted.Interrupt();
        interrupted.Join();
        patient.Join();
        Assert.True(barrier.IsBroken);
    }

    [Fact]
    public void is_broken_by_an_action_that_throws_which_comes_out_of_one_call()
    {
        var barrier = new CyclicBarrier(2, () => throw new InvalidTimeZoneException("of the action"));
        Running first = Threads.Start(() => Assert.Throws<BrokenBarrierException>(() => barrier.Wait())).Blocked();
        Assert.Equal("of the action", Assert.Throws<InvalidTimeZoneException>(() => barrier.Wait()).Message);
        first.Join();
        Assert.True(barrier.IsBroken);
    }

    [Fact]
    public void stays_broken_when_aborted_until_it_is_reset()
    {
        var barrier = new CyclicBarrier(2);
        Running waiter = Threads.Start(() => Assert.Throws<BrokenBarrierException>(() => barrier.Wait())).Blocked();
        barrier.Abort();
        waiter.Join();
        Assert.Throws<BrokenBarrierException>(() => barrier.Wait());
        barrier.Reset();
        Assert.False(barrier.IsBroken);
        Threads.Run(() => barrier.Wait(), () => barrier.Wait());
    }

    [Fact]
    public void sends_those_away_who_wait_when_it_is_reset_and_is_as_new()
    {
        var barrier = new CyclicBarrier(2);
        Running waiter = Threads.Start(() => Assert.Throws<BrokenBarrierException>(() => barrier.Wait())).Blocked();
        barrier.Reset();
        waiter.Join();
        Assert.Equal((false, 0), (barrier.IsBroken, barrier.ParticipantsWaiting));
        Threads.Run(() => barrier.Wait(), () => barrier.Wait());
    }

    [Fact]
    public void refuses_what_makes_no_sense_and_breaks_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>("participants", () => new CyclicBarrier(0));
        var barrier = new CyclicBarrier(2);
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => barrier.TryWait(TimeSpan.FromSeconds(-2), out _));
        Assert.Throws<OperationCanceledException>(() => barrier.Wait(new CancellationToken(true)));
        Assert.False(barrier.IsBroken);
    }
}
