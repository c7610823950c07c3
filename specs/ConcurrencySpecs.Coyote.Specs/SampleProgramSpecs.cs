using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Coyote;
using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class The_explorers_sample_programs_under_coyote
{
    public static TheoryData<string> Strategies => [.. CoyoteDriver.All().Select(driver => driver.Name)];

    /// <summary>The exhaustive search knows every end that a generated program can have: Coyote must find none beside them, deadlocks included.</summary>
    [Theory, MemberData(nameof(Strategies))]
    public void end_only_as_the_explorer_says_they_can(string strategy)
    {
        using var explorer = new Explorer();
        for (int seed = 1; seed <= 25; seed++)
        {
            var program = new Generated(seed);
            (HashSet<string> known, SearchResult all) = Ends(explorer, new Dpor(), program, 5_000);
            if (!all.Exhausted) continue;
            (Backend backend, Strategy chosen) = Driver(strategy).Open((ulong)seed);
            using var driven = new Explorer(backend);
            (HashSet<string> seen, SearchResult result) = Ends(driven, chosen, program, 40);
            Assert.Equal(40, result.Schedules);
            Assert.True(seen.IsSubsetOf(known), $"seed {seed}\n{program}\ninvented: {string.Join("\n", seen.Except(known))}");
        }
    }

    [Fact]
    public void take_the_same_steps_when_the_explorer_takes_the_schedule_again()
    {
        using var explorer = new Explorer();
        for (int seed = 1; seed <= 25; seed++)
        {
            var program = new Generated(seed);
            var recorder = new Recorder();
            var taken = new List<(Schedule Schedule, string Steps)>();
            (Backend backend, Strategy chosen) = CoyoteDriver.RandomWalk().Open((ulong)seed);
            using var driven = new Explorer(backend);
            driven.Execution.Recorder = explorer.Execution.Recorder = recorder;
            driven.After = verdict => taken.Add((driven.Execution.Schedule(), Steps(recorder) + program.Outcome(verdict)));
            driven.Run(program.Body, chosen, new SearchBounds { Schedules = 5, PastFailures = true });
            foreach ((Schedule schedule, string steps) in taken)
            {
                string again = "";
                explorer.After = verdict => again = Steps(recorder) + program.Outcome(verdict);
                explorer.Run(program.Body, new Replaying(schedule), new SearchBounds { PastFailures = true });
                Assert.Equal(steps, again);
            }
        }
    }

    [Theory, MemberData(nameof(Strategies))]
    public void pass_when_they_are_correct(string strategy)
    {
        Action[] programs = [() => Published.LastZero(4), () => Published.Readers(4), () => Published.Indexer(12), () => Published.Increments(4)];
        foreach (Action program in programs)
        {
            (Backend backend, Strategy chosen) = Driver(strategy).Open(1);
            using var driven = new Explorer(backend);
            SearchResult result = driven.Run(program, chosen, new SearchBounds { Schedules = 50 });
            Assert.Null(result.Failure);
            Assert.Equal(50, result.Schedules);
        }
    }

    /// <summary>Coyote ends each schedule at its bound and interrupts its threads; the program's leave one by one, and the next one is as good.</summary>
    [Fact]
    public void survive_that_coyote_ends_a_schedule_by_interrupting_it()
    {
        int inside = 0, most = 0, left = 0;
        (Backend backend, Strategy chosen) = CoyoteDriver.RandomWalk(mostDecisions: 9).Open(1);
        using var driven = new Explorer(backend);
        SearchResult result = driven.Run(Body, chosen, new SearchBounds { Schedules = 50 });
        Assert.Equal((50, 1, 0), (result.Schedules, most, inside));
        Assert.False(result.Exhausted);
        Assert.InRange(left, 50, 200);

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

    private static CoyoteDriver Driver(string name) => CoyoteDriver.All().First(driver => driver.Name == name);

    private static (HashSet<string> Ends, SearchResult Result) Ends(Explorer explorer, Strategy strategy, Generated program, long schedules)
    {
        var ends = new HashSet<string>();
        explorer.After = verdict => ends.Add(program.Outcome(verdict));
        return (ends, explorer.Run(program.Body, strategy, new SearchBounds { Schedules = schedules, PastFailures = true }));
    }

    private static string Steps(Recorder recorder) =>
        string.Concat(recorder.Steps.Select(step => $"{step.Thread} {step.Step.Kind} {step.Step.Resource} {step.Value}\n"));
}
