using System.Runtime.Loader;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class A_search_by_several_explorers
{
    public static TheoryData<string, int> Programs => new() { { "lastzero", 2 }, { "lastzero", 3 }, { "readers", 2 }, { "increments", 3 } };

    [Theory, MemberData(nameof(Programs))]
    public void takes_as_many_complete_schedules_as_one_alone(string program, int size)
    {
        Action body = Body(program);
        SearchResult one = Search(1, body), several = Search(size, body);
        Assert.True(one.Exhausted && several.Exhausted, several.StoppedBy);
        Assert.Equal((one.Schedules, one.Steps), (several.Schedules, several.Steps));
        Assert.Equal(0, one.Redundant);
    }

    [Fact]
    public void is_what_exploring_every_schedule_does_when_there_are_many()
    {
        var copies = new Tally<int>();
        ExplorationResult result = Explore.Every(() =>
        {
            int count = 0;
            bool late = false;                         // the first explorer comes to these schedules late, and gives help the time to arrive
            Task.WaitAll(Task.Run(() => Count(4)), Task.Run(() => Count(4)), Task.Run(() => late = Count(3) == 1));
            copies.Add(AssemblyLoadContext.GetLoadContext(typeof(A_search_by_several_explorers).Assembly)!.GetHashCode());
            if (late && copies.Values.Count < ExplorationRun.Cores) TwinHost.Unobserved(() => SpinWait.SpinUntil(() => false, millisecondsTimeout: 1));
            int Count(int times)
            {
                int first = Interlocked.Increment(ref count);
                for (int i = 1; i < times; i++) Interlocked.Increment(ref count);
                return first;
            }
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.Equal(11_550, result.Schedules);        // 11! / (4! 4! 3!)
        Assert.Equal(ExplorationRun.Cores, copies.Values.Count);
    }

    /// <summary>CONCURRENCYSPECS_PUBLISHED=1 asks for it.</summary>
    [Fact]
    public void takes_the_published_number_of_complete_schedules_for_lastzero_of_15()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CONCURRENCYSPECS_PUBLISHED") == "1", "takes long; CONCURRENCYSPECS_PUBLISHED=1 asks for it");
        SearchResult result = Search(ExplorationRun.Cores, () => Published.LastZero(15));
        TestContext.Current.TestOutputHelper!.WriteLine($"{result.Schedules} schedules, {result.Redundant} redundant, {result.Elapsed.TotalSeconds:0.0} s");
        Assert.True(result.Exhausted, result.StoppedBy);
        Assert.Equal(147_456, result.Schedules);
    }

    [Fact]
    public void reports_the_failure_that_one_alone_meets_first()
    {
        SearchResult one = Search(1, LostUpdates), several = Search(3, LostUpdates);
        Assert.Equal(one.Failure!.Message, several.Failure!.Message);
        Assert.Equal(one.Schedules, several.Schedules);
        Assert.Equal(ReplayString.Write(one.Schedule!, 0), ReplayString.Write(several.Schedule!, 0));
    }

    [Fact]
    public void stays_with_one_while_it_is_short_or_its_schedules_are_bounded()
    {
        using var explorer = new Explorer();
        Team patient = Of(2, () => Published.LastZero(5), 1_000), bounded = Of(2, () => Published.LastZero(5), 10);
        patient.Run(explorer, () => Published.LastZero(5), new SearchBounds());
        SearchResult cut = bounded.Run(explorer, () => Published.LastZero(5), new SearchBounds { Schedules = 50 });
        Assert.Equal((0, 0), (patient.Helpers, bounded.Helpers));
        Assert.Equal((50, false), (cut.Schedules, cut.Exhausted));
    }

    [Fact]
    public void tells_why_a_helper_could_not_come()
    {
        using var explorer = new Explorer();
        var team = new Team(2, () => throw new NotSupportedException("no copy")) { Alone = 10 };
        Assert.Equal("no copy", Assert.Throws<NotSupportedException>(() => team.Run(explorer, () => Published.LastZero(8), new SearchBounds())).Message);
    }

    private static SearchResult Search(int size, Action body)
    {
        using var explorer = new Explorer();
        return Of(size, body, 10).Run(explorer, body, new SearchBounds { Time = TimeSpan.FromSeconds(60) });
    }

    private static Team Of(int size, Action body, int alone) => new(size, () => new TeamMember(new Explorer(), body)) { Alone = alone };

    private static Action Body(string program) => program switch
    {
        "lastzero" => () => Published.LastZero(7),
        "readers" => () => Published.Readers(8),
        _ => () => Published.Increments(5),
    };

    // Fails only where every increment but the last is lost, which is late in the search.
    private static void LostUpdates()
    {
        var cell = new Cell();
        Run.Together(Twice, Twice, Twice);
        if (cell.Peek == 2) throw new InvalidOperationException("4 of 6 increments are lost");
        void Twice()
        {
            cell.Write(cell.Read() + 1);
            cell.Write(cell.Read() + 1);
        }
    }
}
