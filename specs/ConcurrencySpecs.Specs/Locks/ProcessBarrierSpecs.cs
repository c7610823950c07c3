using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_process_barrier
{
    [Fact]
    public void keeps_processes_in_step_and_gives_each_party_a_place_of_its_own()
    {
        const int Rounds = 200;
        using var barrier = ProcessBarrier.Create(3);
        using var steps = SharedArray.Create<int>(3);
        ChildProcess<int>[] children =
            [.. Enumerable.Range(1, 2).Select(party => ChildProcess.Create(it => March(it, Rounds), new Party(barrier, steps, party)).Start())];
        int sum = March(new(barrier, steps, 0), Rounds);
        foreach (ChildProcess<int> child in children)
        {
            sum += child.Result;
            child.Dispose();
        }

        Assert.Equal(Rounds * (0 + 1 + 2), sum);
    }

    [Fact]
    public void runs_the_action_of_the_process_whose_party_comes_last_before_anybody_leaves()
    {
        using var barrier = ProcessBarrier.Create(2);
        using var actions = SharedValue.Create(0);
        barrier.Action = () => actions.Add(1);
        using ChildProcess<bool> child = ChildProcess.Create(it =>
        {
            bool isRight = true;
            it.Barrier.Action = () => it.Actions.Add(1);
            for (int round = 1; round <= 50; round++)
            {
                it.Barrier.Wait();
                isRight &= it.Actions.Value >= round;
            }

            it.Barrier.Dispose();
            return isRight;
        }, new Acting(barrier, actions)).Start();
        for (int round = 1; round <= 50; round++)
        {
            barrier.Wait();
            Assert.InRange(actions.Value, round, round + 1);
        }

        Assert.True(child.Result);
        Assert.Equal(50, actions.Value);
    }

    [Fact]
    public void lets_a_single_party_through_at_once()
    {
        using var barrier = ProcessBarrier.Create(1);
        Assert.Equal(0, barrier.Wait());
        Assert.Equal(BarrierResult.Crossed, barrier.TryWait(TimeSpan.Zero, out int place));
        Assert.Equal((0, 1, 0), (place, barrier.Participants, barrier.ParticipantsWaiting));
    }

    [Fact]
    public void is_broken_for_all_when_one_has_no_more_time_is_cancelled_or_disposes_it()
    {
        var barrier = ProcessBarrier.Create(3);
        Running patient = Broken(barrier);
        Assert.Equal(BarrierResult.TimedOut, barrier.TryWait(TimeSpan.FromMilliseconds(5), out int place));
        patient.Join();
        Assert.Equal((-1, true, 0), (place, barrier.IsBroken, barrier.ParticipantsWaiting));
        Assert.Equal(BarrierResult.Broken, barrier.TryWait(Timeout.InfiniteTimeSpan, out _));

        barrier.Reset();
        patient = Broken(barrier);
        using var stop = new CancellationTokenSource();
        Running cancelled = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => barrier.Wait(stop.Token)));
        Threads.WaitUntil(() => barrier.ParticipantsWaiting == 2);
        stop.Cancel();
        cancelled.Join();
        patient.Join();

        barrier.Reset();
        Running left = Threads.Start(() => Assert.Throws<ObjectDisposedException>(() => barrier.Wait()));
        Threads.WaitUntil(() => barrier.ParticipantsWaiting == 1);
        barrier.Dispose();
        left.Join();
        Assert.Throws<ObjectDisposedException>(() => barrier.Wait());
    }

    [Fact]
    public void is_broken_by_an_action_that_throws_which_comes_out_of_one_call()
    {
        using var barrier = ProcessBarrier.Create(2);
        barrier.Action = () => throw new InvalidTimeZoneException("of the action");
        Running first = Broken(barrier);
        Assert.Equal("of the action", Assert.Throws<InvalidTimeZoneException>(() => barrier.Wait()).Message);
        first.Join();
        Assert.True(barrier.IsBroken);
    }

    [Fact]
    public void stays_broken_when_aborted_until_it_is_reset_which_sends_away_who_waits()
    {
        using var barrier = ProcessBarrier.Create(2);
        Running waiter = Broken(barrier);
        barrier.Abort();
        waiter.Join();
        Assert.Throws<BrokenBarrierException>(() => barrier.Wait());
        barrier.Reset();
        Assert.False(barrier.IsBroken);
        waiter = Broken(barrier);
        barrier.Reset();
        waiter.Join();
        Assert.False(barrier.IsBroken);
        Threads.Run(() => barrier.Wait(), () => barrier.Wait());
    }

    [Fact]
    public void refuses_what_makes_no_sense_and_breaks_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>("participants", () => ProcessBarrier.Create(0));
        Assert.Throws<ArgumentOutOfRangeException>("participants", () => ProcessBarrier.Create(1001));
        using var barrier = ProcessBarrier.Create(2);
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => barrier.TryWait(TimeSpan.FromSeconds(-2), out _));
        Assert.Throws<OperationCanceledException>(() => barrier.Wait(new CancellationToken(true)));
        Assert.False(barrier.IsBroken);
    }

    [Fact]
    public void is_opened_by_name()
    {
        using var named = new Named();
        using var barrier = ProcessBarrier.Create(named.Name, 2);
        using ChildProcess<int> child = ChildProcess.Create(name =>
        {
            using var own = ProcessBarrier.Open(name);
            return own.Participants + 10 * own.Wait();
        }, named.Name).Start();
        int place = barrier.Wait();
        Assert.Equal(2 + 10 * (1 - place), child.Result);
        child.JoinSoon();
        Assert.False(barrier.IsBroken);         // it disposed of it before it ended
        barrier.Unlink();
    }

    [Fact]
    public void is_broken_for_all_when_a_party_is_killed_at_it()
    {
        using var barrier = ProcessBarrier.Create(3);
        using ChildProcess party = ChildProcess.Create(it => { it.Wait(); }, barrier).Start();
        Threads.WaitUntil(() => barrier.ParticipantsWaiting == 1);
        Running survivor = Broken(barrier, others: 1);
        party.Kill();
        survivor.Join();
        party.JoinSoon();
        barrier.Reset();
        Threads.Run(() => barrier.Wait(), () => barrier.Wait(), () => barrier.Wait());
    }

    [Fact]
    public void is_broken_for_all_when_a_process_is_killed_on_its_way_to_it()
    {
        using var barrier = ProcessBarrier.Create(2);
        using var folder = new Folder();
        using ChildProcess party = ChildProcess.Create(it =>
        {
            it.Barrier.Wait();
            Children.SayAndWait(it.Said);
        }, new Saying(barrier, folder.File("crossed"))).Start();
        barrier.Wait();
        Children.Hear(folder.File("crossed"));
        Running survivor = Broken(barrier);
        party.Kill();
        survivor.Join();
        party.JoinSoon();
    }

    [Fact]
    public void is_broken_for_all_when_the_last_party_is_killed_in_its_action()
    {
        using var barrier = ProcessBarrier.Create(2);
        Running survivor = Broken(barrier);
        using ChildProcess party = ChildProcess.Create(it =>
        {
            it.Action = Children.EndHere;
            it.Wait();
        }, barrier).Start();
        survivor.Join();
        party.JoinSoon();
        Assert.True(barrier.IsBroken);
    }

    [Fact]
    public void is_found_broken_by_a_process_that_takes_the_place_of_a_dead_one()
    {
        using var barrier = ProcessBarrier.Create(2);
        using ChildProcess party = ChildProcess.Create(it => { it.Wait(); Children.EndHere(); }, barrier).Start();
        barrier.Wait();
        party.JoinSoon();
        Assert.False(barrier.IsBroken);         // nobody has looked yet
        using ChildProcess<bool> heir = ChildProcess.Create(it => it.IsBroken, barrier).Start();
        Assert.True(heir.Result);
    }

    private static Running Broken(ProcessBarrier barrier, int others = 0)
    {
        Running waiter = Threads.Start(() => Assert.Throws<BrokenBarrierException>(() => barrier.Wait()));
        Threads.WaitUntil(() => barrier.ParticipantsWaiting == others + 1);
        return waiter;
    }

    private static int March(Party it, int rounds)
    {
        int sum = 0;
        for (int round = 1; round <= rounds; round++)
        {
            it.Steps[it.Me] = round;
            sum += it.Barrier.Wait();
            for (int other = 0; other < it.Steps.Length; other++)
                if (it.Steps[other] < round) throw new InvalidOperationException($"party {other} was left behind in round {round}");
        }

        if (it.Me != 0) it.Barrier.Dispose();
        return sum;
    }

    private sealed record Party(ProcessBarrier Barrier, SharedArray<int> Steps, int Me);

    private sealed record Acting(ProcessBarrier Barrier, SharedValue<int> Actions);

    private sealed record Saying(ProcessBarrier Barrier, string Said);
}
