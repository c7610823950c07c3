using System.Diagnostics;
using ConcurrencySpecs.Locks;

/// <summary>What every lock does, whatever its fairness; each implementation inherits it.</summary>
public abstract class A_lock
{
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(40);

    protected abstract ILock New();

    [Fact]
    public void keeps_others_out_while_it_is_held()
    {
        ILock gate = New();
        gate.Enter();
        Assert.False(Elsewhere(gate.TryEnter));
        gate.Exit();
        Assert.True(Elsewhere(() => gate.TryEnter(Timeout.InfiniteTimeSpan)));
    }

    [Fact]
    public void lets_a_waiter_in_when_its_holder_exits()
    {
        ILock gate = New();
        bool released = false;
        gate.Enter();
        Running waiter = Threads.Start(() =>
        {
            gate.Enter();
            Assert.True(Volatile.Read(ref released));
            gate.Exit();
        });
        Volatile.Write(ref released, true);
        gate.Exit();
        waiter.Join();
        Assert.True(gate.TryEnter());
    }

    [Fact]
    public void knows_its_holder()
    {
        ILock gate = New();
        Assert.False(gate.IsHeldByCurrentThread);
        gate.Enter();
        Assert.True(gate.IsHeldByCurrentThread);
        Assert.False(Elsewhere(() => gate.IsHeldByCurrentThread));
        gate.Exit();
        Assert.False(gate.IsHeldByCurrentThread);
    }

    [Fact]
    public void gives_up_when_the_time_is_over_and_not_before()
    {
        ILock gate = New();
        gate.Enter();
        long start = Stopwatch.GetTimestamp();
        Assert.False(Elsewhere(() => gate.TryEnter(_short)));
        Assert.True(Stopwatch.GetElapsedTime(start) >= _short);
        gate.Exit();
        Assert.True(Elsewhere(() => gate.TryEnter(_short)));
    }

    [Fact]
    public void ends_a_wait_whose_token_is_cancelled_and_leaves_no_trace_of_it()
    {
        ILock gate = New();
        using var cancel = new CancellationTokenSource();
        gate.Enter();
        Running waiter = Threads.Start(() =>
        {
            var thrown = Assert.Throws<OperationCanceledException>(() => gate.Enter(cancel.Token));
            Assert.Equal(cancel.Token, thrown.CancellationToken);
        });
        cancel.Cancel();
        waiter.Join();
        gate.Exit();
        Assert.True(Elsewhere(() => gate.TryEnter(Timeout.InfiniteTimeSpan)));
    }

    [Fact]
    public void does_nothing_for_a_token_that_is_cancelled_already()
    {
        ILock gate = New();
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => gate.Enter(cancelled));
        Assert.Throws<OperationCanceledException>(() => gate.TryEnter(_short, cancelled));
        Assert.True(Elsewhere(gate.TryEnter));
    }

    [Fact]
    public void refuses_to_be_exited_by_a_thread_that_does_not_hold_it()
    {
        ILock gate = New();
        Assert.Throws<SynchronizationLockException>(gate.Exit);
        gate.Enter();
        Elsewhere(() => Assert.Throws<SynchronizationLockException>(gate.Exit));
        Assert.True(gate.IsHeldByCurrentThread);
        gate.Exit();
        Assert.Throws<SynchronizationLockException>(gate.Exit);
        Assert.True(Elsewhere(gate.TryEnter));
    }

    [Fact]
    public virtual void tells_a_holder_that_it_would_wait_for_itself()
    {
        ILock gate = New();
        gate.Enter();
        Assert.Throws<LockRecursionException>(() => gate.Enter());
        Assert.Throws<LockRecursionException>(() => gate.TryEnter(Timeout.InfiniteTimeSpan));
        Assert.False(gate.TryEnter());
        gate.Exit();
        Assert.True(Elsewhere(() => gate.TryEnter(Timeout.InfiniteTimeSpan)));
    }

    [Theory, InlineData(-2), InlineData(-1000), InlineData(1e12)]
    public void refuses_a_time_out_that_is_no_span(double milliseconds)
    {
        ILock gate = New();
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(timeout), () => gate.TryEnter(timeout));
        Assert.True(gate.TryEnter());
    }

    [Fact]
    public virtual void is_held_for_the_length_of_a_scope_and_let_go_of_once()
    {
        ILock gate = New();
        LockScope scope = gate.EnterScope();
        Assert.True(gate.IsHeldByCurrentThread);
        scope.Dispose();
        Assert.True(Elsewhere(gate.TryEnter), "the scope has let go of it");
        scope.Dispose();
        Assert.False(gate.TryEnter(), "the second disposal has freed a lock that another thread holds");
    }

    [Fact]
    public void throws_where_a_copy_of_a_disposed_scope_would_free_what_another_thread_holds()
    {
        ILock gate = New();
        LockScope scope = gate.EnterScope(), copy = scope;
        scope.Dispose();
        Elsewhere(() => gate.Enter());
        SynchronizationLockException? refused = null;
        try
        {
            copy.Dispose();
        }
        catch (SynchronizationLockException thrown)
        {
            refused = thrown;
        }

        Assert.NotNull(refused);
    }

    [Fact]
    public void keeps_count_for_threads_that_wait_give_up_and_are_cancelled()
    {
        const int Rounds = 3_000;
        ILock gate = New();
        int count = 0, entered = 0;
        Threads.Run([.. Enumerable.Range(0, 3).Select(seed => (Action)(() =>
        {
            var random = new Random(seed);
            for (int i = 0; i < Rounds; i++)
            {
                if (!EnteredSomehow(gate, random)) continue;
                count++;
                gate.Exit();
                Interlocked.Increment(ref entered);
            }
        }))]);
        Assert.Equal(entered, count);
        Assert.True(entered >= Rounds, "those who wait for as long as it takes enter each time");
        Assert.True(gate.TryEnter());
    }

    /// <summary>The same call on another thread, which keeps what it enters.</summary>
    protected static T Elsewhere<T>(Func<T> call)
    {
        T result = default!;
        Threads.Start(() => result = call()).Join();
        return result;
    }

    protected static void Elsewhere(Action call) => Threads.Start(call).Join();

    private static bool EnteredSomehow(ILock gate, Random random)
    {
        switch (random.Next(4))
        {
            case 0: return gate.TryEnter(TimeSpan.FromTicks(random.Next(2_000)));
            case 1:
                using (var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(2))))
                {
                    try { gate.Enter(cancel.Token); }
                    catch (OperationCanceledException) { return false; }
                    return true;
                }

            default:
                gate.Enter();
                return true;
        }
    }
}
