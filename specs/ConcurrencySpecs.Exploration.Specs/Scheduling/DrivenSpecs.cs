using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class An_execution_under_a_driver
{
    private const int Programs = 8;
    private const long Schedules = 20;

    [Fact]
    public void ends_only_in_ways_that_the_explorer_knows()
    {
        using var explorer = new Explorer();
        for (int seed = 1; seed <= Programs; seed++)
        {
            var program = new Generated(seed);
            (HashSet<string> known, SearchResult all) = Outcomes(explorer, program, new Dpor(), 5_000);
            if (!all.Exhausted) continue;
            var driver = new TurnTaker();
            using var driven = new Explorer(driver);
            (HashSet<string> seen, _) = Outcomes(driven, program, driver.Search((ulong)seed), Schedules);
            Assert.True(seen.IsSubsetOf(known), $"seed {seed}\n{program}\ninvented: {string.Join("\n", seen.Except(known))}");
        }
    }

    [Fact]
    public void takes_schedules_that_the_explorer_takes_again_step_by_step()
    {
        using var explorer = new Explorer();
        for (int seed = 1; seed <= Programs; seed++)
        {
            var program = new Generated(seed);
            var recorder = new Recorder();
            var taken = new List<(Schedule Schedule, string Steps)>();
            var driver = new TurnTaker();
            using var driven = new Explorer(driver);
            driven.Execution.Recorder = explorer.Execution.Recorder = recorder;
            driven.After = verdict => taken.Add((driven.Execution.Schedule(), Steps(recorder) + program.Outcome(verdict)));
            driven.Run(program.Body, driver.Search((ulong)seed), new SearchBounds { Schedules = 4, PastFailures = true });
            foreach ((Schedule schedule, string steps) in taken)
            {
                string again = "";
                explorer.After = verdict => again = Steps(recorder) + program.Outcome(verdict);
                var replaying = new Replaying(schedule);
                explorer.Run(program.Body, replaying, new SearchBounds { PastFailures = true });
                Assert.Equal(steps, again);
                Assert.True(replaying.Fits);
            }
        }
    }

    [Fact]
    public void runs_one_thread_at_a_time()
    {
        int inside = 0, most = 0;
        var driver = new TurnTaker();
        using var driven = new Explorer(driver);
        SearchResult result = driven.Run(Body, driver.Search(1), new SearchBounds { Schedules = 200 });
        Assert.Null(result.Failure);
        Assert.Equal((1, 200), (most, result.Schedules));

        void Body()
        {
            var cell = new Cell();
            Run.Together(Add, Add, Add);
            void Add()
            {
                for (int i = 0; i < 3; i++)
                {
                    most = Math.Max(most, ++inside);
                    inside--;
                    cell.Add(1);
                }
            }
        }
    }

    [Fact]
    public void leaves_thread_by_thread_when_the_driver_ends_it()
    {
        int inside = 0, most = 0, left = 0;
        var driver = new TurnTaker { MostDecisions = 9 };
        using var driven = new Explorer(driver);
        SearchResult result = driven.Run(Body, driver.Search(1), new SearchBounds { Schedules = 100 });
        Assert.Equal((100, 1, 0), (result.Schedules, most, inside));
        Assert.Equal("the bound of 100 schedules", result.StoppedBy);
        Assert.False(result.Exhausted);
        Assert.InRange(left, 100, 400);

        void Body()
        {
            var cell = new Cell();
            Run.Together(Add, Add, Add);
            void Add()
            {
                try
                {
                    for (int i = 0; i < 5; i++) cell.Add(1);
                }
                finally
                {
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    Thread.SpinWait(10_000);   // long enough for another one to show
                    Interlocked.Decrement(ref inside);
                    left++;
                }
            }
        }
    }

    private static (HashSet<string> Ends, SearchResult Result) Outcomes(Explorer explorer, Generated program, Strategy strategy, long schedules)
    {
        var ends = new HashSet<string>();
        explorer.After = verdict => ends.Add(program.Outcome(verdict));
        return (ends, explorer.Run(program.Body, strategy, new SearchBounds { Schedules = schedules, PastFailures = true }));
    }

    private static string Steps(Recorder recorder) =>
        string.Concat(recorder.Steps.Select(step => $"{step.Thread} {step.Step.Kind} {step.Step.Resource} {step.Value}\n"));
}
