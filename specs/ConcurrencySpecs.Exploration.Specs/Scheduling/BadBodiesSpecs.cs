using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class A_body_that_misbehaves
{
    private static Execution X => Execution.Current!;

    [Fact]
    public void by_throwing_in_a_thread_fails_with_its_exception()
    {
        Verdict verdict = Fails(() => Run.Together(() => throw new ArithmeticException("odd"), () => { }));
        Assert.Equal(Outcome.Threw, verdict.Outcome);
        Assert.IsType<ArithmeticException>(verdict.Exception);
        Assert.Equal("thread 1 threw ArithmeticException: odd", verdict.Message);
    }

    [Fact]
    public void by_leaving_threads_behind_waits_for_them()
    {
        int ran = 0;
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var cell = new Cell();
            X.Spawn(() => { cell.Add(1); ran++; });
        });
        Assert.Null(result.Failure);
        Assert.Equal((1, true), (ran, result.Exhausted));
    }

    [Fact]
    public void by_leaking_a_thread_that_waits_for_ever_is_told()
    {
        Verdict verdict = Fails(() =>
        {
            var semaphore = new TestSemaphore(0);
            X.Spawn(() => semaphore.Wait(), "listener");
        });
        Assert.Equal(Outcome.Leak, verdict.Outcome);
        Assert.Equal("Leaked thread: the body has ended, listener never will.", verdict.Message);
    }

    [Fact]
    public void may_leave_a_background_thread_waiting()
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var semaphore = new TestSemaphore(0);
            X.Spawn(() => semaphore.Wait(), "listener", background: true);
        });
        Assert.Null(result.Failure);
    }

    [Fact]
    public void may_leave_a_background_thread_polling()
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var stop = new Cell();
            X.Spawn(() => { while (stop.VolatileRead() == 0) X.Sleep(10); }, "poller", background: true);
        });
        Assert.Null(result.Failure);
        Assert.True(result.Exhausted);
    }

    [Fact]
    public void by_spinning_for_ever_is_a_livelock()
    {
        foreach (Strategy strategy in (Strategy[])[new Dpor(), new RandomWalk(1), new NoSwitch()])
        {
            SearchResult result = Run.Under(strategy, () =>
            {
                var flag = new Cell();
                Run.Together(() => { while (flag.VolatileRead() == 0) { } });
            });
            Assert.Equal(Outcome.Livelock, result.Failure!.Outcome);
        }
    }

    [Fact]
    public void may_step_back_politely_until_both_locks_are_free()
    {
        SearchResult result = Run.Under(new RandomWalk(9), () =>
        {
            TestMutex a = new(), b = new();
            Run.Together(() => Polite(a, b), () => Polite(b, a));
            static void Polite(TestMutex mine, TestMutex other)
            {
                while (true)
                {
                    mine.Enter();
                    if (other.TryEnter()) break;
                    mine.Exit();
                    X.Step(StepKind.Yield);
                }
                other.Exit();
                mine.Exit();
            }
        }, 300);
        Assert.Null(result.Failure);
    }

    [Fact]
    public void may_spin_without_annotation_when_another_thread_ends_it()
    {
        foreach (Strategy strategy in (Strategy[])[new Dpor(), new RandomWalk(1), new NoSwitch()])
        {
            SearchResult result = Run.Under(strategy, () =>
            {
                Cell flag = new(), data = new();
                int seen = 0;
                Run.Together(
                    () => { while (flag.VolatileRead() == 0) { } seen = data.Read(); },
                    () => { while (!flag.CompareExchange(1, 2)) { } },
                    () => { data.Write(7); flag.VolatileWrite(2); });
                if (seen != 7) throw new InvalidOperationException($"{seen}");
            }, 2000);
            Assert.Null(result.Failure);
        }
    }

    [Fact]
    public void may_poll_with_time_outs_and_sleeps()
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var semaphore = new TestSemaphore(0);
            var done = new Cell();
            Run.Together(
                () => { while (!semaphore.TryWait(50)) { } },
                () => { while (done.VolatileRead() == 0) X.Sleep(100); },
                () => { done.VolatileWrite(1); semaphore.Release(); });
        });
        Assert.Null(result.Failure);
        Assert.True(result.Exhausted, result.StoppedBy);
    }

    [Fact]
    public void by_recursing_without_end_does_not_take_the_process_down()
    {
        Verdict verdict = Fails(() => Run.Together(() => Recurse(new Cell(), 0)));
        Assert.IsType<InsufficientExecutionStackException>(verdict.Exception);
        static int Recurse(Cell cell, int depth) => cell.Add(1) + Recurse(cell, depth + 1) + depth;
    }

    [Fact]
    public void by_catching_everything_is_left_behind()
    {
        using var explorer = new Explorer();
        SearchResult result = explorer.Run(() =>
        {
            var semaphore = new TestSemaphore(0);
            X.Spawn(() =>
            {
                while (true)
                {
                    try
                    {
                        semaphore.Wait();
                    }
                    catch (Exception) { Thread.MemoryBarrier(); }
                }
            });
            throw new InvalidOperationException("first");
        }, new RandomWalk(1), new SearchBounds { Schedules = 20, PastFailures = true });
        Assert.NotNull(result.Failure);
        Assert.Null(Run.Under(new NoSwitch(), () => { }).Failure);
    }

    [Fact]
    public void by_blocking_on_something_uncontrolled_is_told_and_leaves_the_process_usable()
    {
        using var never = new SemaphoreSlim(0);
        using (var explorer = new Explorer())
        {
            explorer.Execution.Patience = TimeSpan.FromMilliseconds(200);
            SearchResult result = explorer.Run(() => Run.Together(() => never.Wait()), new NoSwitch());
            Assert.Equal(Outcome.Stuck, result.Failure!.Outcome);
            Assert.StartsWith("Stuck: thread 1 took no step for 0.2 s", result.Failure.Message, StringComparison.Ordinal);
            Assert.Contains("in SemaphoreSlim.Wait\n", result.Failure.Message, StringComparison.Ordinal);
            Assert.Matches(@"in .* at BadBodiesSpecs\.cs:\d+", result.Failure.Message);
        }
        Assert.Null(Run.Under(new NoSwitch(), () => { }).Failure);
        never.Release();
    }

    [Fact]
    public void by_computing_for_ever_is_told_with_the_last_step_that_it_took()
    {
        bool enough = false;
        using var explorer = new Explorer();
        explorer.Execution.Patience = TimeSpan.FromMilliseconds(200);
        SearchResult result = explorer.Run(() => Run.Together(() =>
        {
            new Cell().Add(1);
            while (!Volatile.Read(ref enough)) Thread.SpinWait(1);
        }), new NoSwitch());
        Volatile.Write(ref enough, true);
        Assert.Equal(Outcome.Stuck, result.Failure!.Outcome);
        Assert.Matches(@"^Stuck: thread 1 took no step for 0\.2 s after .+ at .+; it computes", result.Failure.Message);
    }

    [Fact]
    public void by_taking_too_many_steps_is_cut_off_and_never_called_exhausted()
    {
        using var explorer = new Explorer();
        SearchResult result = explorer.Run(() =>
        {
            var cell = new Cell();
            while (true) cell.Add(1);
        }, new Dpor(), new SearchBounds { Steps = 500 });
        Assert.Null(result.Failure);
        Assert.False(result.Exhausted);
        Assert.Equal("the bound of 500 steps", result.StoppedBy);
    }

    [Fact]
    public void may_read_the_same_place_many_times_for_its_own_ends()
    {
        SearchResult result = Run.Under(new NoSwitch(), () =>
        {
            var cell = new Cell(3);
            int sum = 0;
            for (int i = 0; i < 5000; i++) sum += cell.Read();
            if (sum != 15_000) throw new InvalidOperationException($"{sum}");
        });
        Assert.Null(result.Failure);
    }

    [Fact]
    public void by_starting_too_many_threads_is_told_the_limit()
    {
        Verdict verdict = Fails(() =>
        {
            for (int i = 0; i < 80; i++) X.Spawn(() => { });
        });
        Assert.Contains("more than the 64", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void by_depending_on_more_than_the_schedule_is_told()
    {
        int runs = 0;
        InvalidOperationException told = Assert.Throws<InvalidOperationException>(() => Run.Under(new Dpor(), () =>
        {
            var cell = new Cell();
            bool odd = ++runs % 2 == 1;
            Run.Together(Body, Body);
            void Body()
            {
                for (int i = 0; i < 3; i++)
                    if (odd) cell.Add(1);
                    else cell.Write(1);
            }
        }));
        Assert.Contains("does not repeat itself", told.Message, StringComparison.Ordinal);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Verdict Fails(Action body)
    {
        SearchResult result = Run.Under(new Dpor(), body, 1000);
        Assert.NotNull(result.Failure);
        return result.Failure;
    }
}
