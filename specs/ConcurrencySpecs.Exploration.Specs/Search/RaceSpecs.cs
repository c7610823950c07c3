using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class The_race_watch
{
    [Fact]
    public void reports_both_lines_of_unordered_writes()
    {
        SearchResult result = Watch(() =>
        {
            var cell = new Cell();
            Run.Together(() => cell.Write(1), () => cell.Write(2));
        });
        Assert.Equal(Outcome.Race, result.Failure!.Outcome);
        Assert.Matches(@"^Data race on cell: thread \d writes it at Program\.cs:\d+, thread \d writes it at Program\.cs:\d+", result.Failure.Message);
    }

    [Fact]
    public void reports_a_read_that_a_write_may_overtake() => Assert.Equal(Outcome.Race, Watch(() =>
    {
        Cell data = new(), flag = new();
        Run.Together(() => { data.Write(1); flag.Write(1); }, () => { if (flag.Read() == 1) data.Read(); });
    }).Failure?.Outcome);

    [Fact]
    public void accepts_what_a_volatile_flag_publishes() => Accepts(() =>
    {
        Cell data = new(), flag = new();
        Run.Together(() => { data.Write(1); flag.VolatileWrite(1); }, () => { if (flag.VolatileRead() == 1) data.Read(); });
    });

    [Fact]
    public void accepts_what_a_lock_guards() => Accepts(() =>
    {
        var data = new Cell();
        var mutex = new TestMutex();
        Run.Together(Add, Add);
        void Add()
        {
            mutex.Enter();
            data.Write(data.Read() + 1);
            mutex.Exit();
        }
    });

    [Fact]
    public void accepts_what_starting_and_joining_orders() => Accepts(() =>
    {
        var data = new Cell();
        data.Write(1);
        Run.Together(() => data.Write(2));
        data.Write(3);
    });

    [Fact]
    public void accepts_concurrent_reads() => Accepts(() =>
    {
        var data = new Cell();
        Run.Together(() => data.Read(), () => data.Read(), () => data.Read());
        data.Write(1);
    });

    [Fact]
    public void is_explained_like_every_failure()
    {
        using var explorer = new Explorer();
        explorer.Execution.Races = new RaceWatch();
        Action body = () =>
        {
            var cell = new Cell();
            Run.Together(() => cell.Write(1), () => cell.Write(2));
        };
        Explained told = new Explainer(explorer, body).Explain(explorer.Run(body, new Dpor()));
        Assert.StartsWith("Data race on cell", told.Text, StringComparison.Ordinal);
    }

    private static void Accepts(Action body)
    {
        SearchResult result = Watch(body);
        Assert.Null(result.Failure);
        Assert.True(result.Exhausted);
    }

    private static SearchResult Watch(Action body)
    {
        using var explorer = new Explorer();
        explorer.Execution.Races = new RaceWatch();
        return explorer.Run(body, new Dpor(), new SearchBounds { Schedules = 10_000 });
    }
}
