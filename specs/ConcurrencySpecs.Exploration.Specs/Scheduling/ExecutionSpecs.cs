using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class An_execution
{
    [Fact]
    public void runs_one_thread_at_a_time()
    {
        int inside = 0, most = 0;
        SearchResult result = Run.Under(new RandomWalk(1), () =>
        {
            var cell = new Cell();
            Run.Together(Body, Body, Body);
            void Body()
            {
                for (int i = 0; i < 3; i++)
                {
                    most = Math.Max(most, ++inside);
                    inside--;
                    cell.Add(1);
                }
            }
            if (cell.Peek != 9) throw new InvalidOperationException($"{cell.Peek}");
        }, 200);
        Assert.Null(result.Failure);
        Assert.Equal(1, most);
        Assert.Equal(200, result.Schedules);
    }

    [Fact]
    public void finds_a_lost_update()
    {
        SearchResult result = Run.Under(new RandomWalk(2), () =>
        {
            var cell = new Cell();
            Run.Together(Increment, Increment);
            void Increment() => cell.Write(cell.Read() + 1);
            if (cell.Peek != 2) throw new InvalidOperationException("lost");
        }, 1000);
        Assert.Equal(Outcome.Threw, result.Failure!.Outcome);
    }

    [Fact]
    public void lets_threads_wait_for_each_other()
    {
        SearchResult result = Run.Under(new RandomWalk(3), () =>
        {
            var mutex = new TestMutex();
            var empty = new TestSemaphore(0);
            int sum = 0;
            Run.Together(
                () => { mutex.Enter(); while (sum == 0) mutex.Wait(); sum++; mutex.Exit(); empty.Release(); },
                () => { mutex.Enter(); sum++; mutex.Pulse(); mutex.Exit(); empty.Wait(); });
            if (sum != 2) throw new InvalidOperationException($"{sum}");
        }, 500);
        Assert.Null(result.Failure);
    }

    [Fact]
    public void tells_a_deadlock_at_once()
    {
        SearchResult result = Run.Under(new RandomWalk(4), () =>
        {
            TestMutex a = new(), b = new();
            Run.Together(() => Both(a, b), () => Both(b, a));
            static void Both(TestMutex first, TestMutex second)
            {
                first.Enter();
                second.Enter();
                second.Exit();
                first.Exit();
            }
        }, 1000);
        Assert.Equal(Outcome.Deadlock, result.Failure!.Outcome);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(5), $"{result.Elapsed}");
    }
}
