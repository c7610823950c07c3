using ConcurrencySpecs.Exploration;

public sealed class The_threads_of_an_exploration
{
    [Fact]
    public void are_at_most_64_and_one_more_is_refused_with_the_reason()
    {
        foreach (Action body in (Action[])[StartsThreads, StartsTasks, Posts])
        {
            var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() => body()));
            Assert.StartsWith("Too many threads: more than the 64 that an exploration can tell apart", failed.Message, StringComparison.Ordinal);
            Assert.Contains("Explore.Sample", failed.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void have_the_same_numbers_whoever_lets_them_go_on()
    {
        ExplorationResult result = Explore.Every(async () =>
        {
            var batons = new Batons(rounds: 6);
            await Task.WhenAll(batons.Pass(), batons.Pass(), batons.Pass());
        }, new ExplorationOptions { Preemptions = 0, Schedules = 100, MayEndAtBound = true });
        Assert.Equal(100, result.Schedules);
    }

    [Fact]
    public void may_be_64_in_each_schedule_of_a_sample()
    {
        ExplorationResult result = Explore.Sample(() =>
        {
            var line = new Line(40);
            Task.WaitAll(line.Enter(), line.Enter());
        }, new ExplorationOptions { Schedules = 50 });
        Assert.Equal(50, result.Schedules);
    }

    private static void StartsThreads()
    {
        for (int i = 0; i < 70; i++) new Thread(() => { }).Start();
    }

    private static void StartsTasks()
    {
        for (int i = 0; i < 70; i++) Task.Run(() => { });
    }

    // The last of them is not started by code of the program's but by the runtime, which takes exceptions amiss.
    private static void Posts()
    {
        for (int i = 0; i < 70; i++)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Await(source.Task);
            source.SetResult();
        }
        static async void Await(Task task) => await task;
    }

    /// <summary>In every round whoever comes last wakes the others: who wakes whom differs from schedule to schedule.</summary>
    private sealed class Batons(int rounds)
    {
        private readonly TaskCompletionSource[] _gates =
            [.. Enumerable.Range(0, rounds).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        private readonly int[] _arrived = new int[rounds];

        public async Task Pass()
        {
            await Task.Yield();
            for (int round = 0; round < rounds; round++)
            {
                if (Interlocked.Increment(ref _arrived[round]) == 3) _gates[round].SetResult();
                else await _gates[round].Task;
            }
        }
    }

    /// <summary>Threads that start each other; which number a thread gets as whose child differs from schedule to schedule.</summary>
    private sealed class Line(int length)
    {
        private int _left = length;

        public Task Enter() => Task.Run(() =>
        {
            if (Interlocked.Decrement(ref _left) > 0) Enter().Wait();
        });
    }
}
