using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class The_reduced_search_compared_with_naive_enumeration
{
    private const int ByDefault = 120;
    private const long MostNaive = 3_000;

    /// <summary>CONCURRENCYSPECS_DIFFERENTIAL=1000 runs a thousand programs, CONCURRENCYSPECS_DIFFERENTIAL_SEED says where to start.</summary>
    [Fact]
    public void sees_the_same_outcomes_of_generated_programs()
    {
        int programs = Number("CONCURRENCYSPECS_DIFFERENTIAL", ByDefault), first = Number("CONCURRENCYSPECS_DIFFERENTIAL_SEED", 1);
        using var naive = new Explorer();
        using var reduced = new Explorer();
        int compared = 0;
        long redundant = 0, naiveSchedules = 0, reducedSchedules = 0;
        int skipped = 0;
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var redundantSeeds = new List<int>();
        for (int seed = first; compared < programs; seed++)
        {
            var program = new Generated(seed);
            (SortedSet<string> expected, SearchResult all) = Outcomes(naive, program, new Naive(), MostNaive);
            if (!all.Exhausted)
            {
                skipped++;
                continue;
            }
            foreach (string kind in expected.Select(outcome => outcome.Split(' ')[0]).Distinct()) kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            var dpor = new Dpor { Order = seed % 2 == 0 ? null : (ulong)seed };       // the order must not matter
            (SortedSet<string> seen, SearchResult result) = Outcomes(reduced, program, dpor, MostNaive);
            Assert.True(expected.SetEquals(seen), $"""
                seed {seed}
                {program}
                missed: {string.Join("\n        ", expected.Except(seen))}
                invented: {string.Join("\n          ", seen.Except(expected))}
                naive {all.Schedules}, reduced {result.Schedules}
                """);
            Assert.True(result.Exhausted, $"seed {seed}: {result.StoppedBy}\n{program}");
            Assert.Equal(0, dpor.Mismatches);
            compared++;
            redundant += result.Redundant;
            if (result.Redundant > 0) redundantSeeds.Add(seed);
            naiveSchedules += all.Schedules;
            reducedSchedules += result.Schedules;
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{compared} programs, naive {naiveSchedules}, reduced {reducedSchedules}, redundant {redundant} in seeds {string.Join(' ', redundantSeeds)}; "
            + $"{skipped} too large; {string.Join(", ", kinds)}");
    }

    /// <summary>The same variables choose the programs.</summary>
    [Fact]
    public void replays_every_schedule_to_the_same_trace()
    {
        int programs = Number("CONCURRENCYSPECS_DIFFERENTIAL", ByDefault), first = Number("CONCURRENCYSPECS_DIFFERENTIAL_SEED", 1);
        using var explorer = new Explorer();
        using var replayer = new Explorer();
        for (int seed = first; seed < first + programs; seed++)
        {
            var program = new Generated(seed);
            var recorder = new Recorder();
            var taken = new List<(Schedule Schedule, string Trace)>();
            explorer.Execution.Recorder = replayer.Execution.Recorder = recorder;
            explorer.After = verdict => taken.Add((explorer.Execution.Schedule(), Trace(recorder) + program.Outcome(verdict)));
            explorer.Run(program.Body, new Dpor(), new SearchBounds { Schedules = 50, PastFailures = true });
            foreach ((Schedule schedule, string trace) in taken)
            {
                string again = "";
                replayer.After = verdict => again = Trace(recorder) + program.Outcome(verdict);
                (Schedule read, _) = ReplayString.Read(ReplayString.Write(schedule, 0));
                var replaying = new Replaying(read);
                replayer.Run(program.Body, replaying, new SearchBounds { PastFailures = true });
                Assert.Equal(trace, again);
                Assert.True(replaying.Fits);
            }
        }
    }

    private static string Trace(Recorder recorder) =>
        string.Join(' ', recorder.Steps.Select(step => $"{step.Thread}:{step.Step.Kind}:{step.Step.Site}:{step.Object}:{step.Value}"));

    private static (SortedSet<string> Seen, SearchResult Result) Outcomes(Explorer explorer, Generated program, Strategy strategy, long most)
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        Execution execution = explorer.Execution;
        execution.EqualRounds = 1;              // the naive search branches at every round that is a step: three make many programs too large
        (execution.RoundsBeforeMask, execution.RoundsBeforeLivelock) = (10, 20);    // the loops of these programs end by a change or never
        explorer.After = verdict => seen.Add(program.Outcome(verdict));
        SearchResult result = explorer.Run(program.Body, strategy, new SearchBounds { Schedules = most, PastFailures = true });
        return (seen, result);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : otherwise;
}
