using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class The_reduced_search
{
    [Theory, InlineData(5, 64), InlineData(10, 3_328)]
    public void takes_the_published_number_of_schedules_for_lastzero(int n, long expected) => Counts(() => Published.LastZero(n), expected);

    /// <summary>147,456 schedules, about 10 s for one explorer: CONCURRENCYSPECS_PUBLISHED=1 asks for it.</summary>
    [Fact]
    public void takes_the_published_number_of_schedules_for_lastzero_of_15()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CONCURRENCYSPECS_PUBLISHED") == "1", "takes long; CONCURRENCYSPECS_PUBLISHED=1 asks for it");
        Counts(() => Published.LastZero(15), 147_456);
    }

    [Theory, InlineData(2, 4), InlineData(8, 256), InlineData(13, 8_192)]
    public void takes_the_published_number_of_schedules_for_readers(int n, long expected) => Counts(() => Published.Readers(n), expected);

    [Theory, InlineData(12, 8), InlineData(15, 4_096)]
    public void takes_the_published_number_of_schedules_for_indexer(int n, long expected) => Counts(() => Published.Indexer(n), expected);

    [Theory, InlineData(1, 1), InlineData(2, 2), InlineData(3, 6), InlineData(4, 24), InlineData(5, 120), InlineData(6, 720), InlineData(7, 5_040)]
    public void takes_n_factorial_schedules_for_n_increments(int n, long expected) => Counts(() => Published.Increments(n), expected);

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void takes_as_many_schedules_in_any_order(ulong order)
    {
        Counts(() => Published.LastZero(5), 64, order);
        Counts(() => Published.Readers(8), 256, order);
        Counts(() => Published.Increments(5), 120, order);
    }

    [Fact]
    public void begins_elsewhere_in_another_order()
    {
        var firsts = new HashSet<string>();
        for (ulong order = 1; order <= 8; order++)
        {
            var taken = new List<int>();
            Run.Under(new Dpor { Order = order }, () => Run.Together([.. Enumerable.Range(0, 3).Select(i => (Action)(() => Touch(i)))]), schedules: 1);
            firsts.Add(string.Join(' ', taken));
            void Touch(int who)
            {
                Execution.Current!.Step(StepKind.Yield);
                taken.Add(who);
            }
        }

        Assert.True(firsts.Count > 2, string.Join(", ", firsts));
    }

    [Theory, InlineData(2), InlineData(3)]
    public void comes_to_an_end_with_threads_that_spin_on_a_failed_exchange(int threads)
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            Cell owner = new(), guarded = new();
            Run.Together([.. Enumerable.Repeat<Action>(Body, threads)]);
            if (guarded.Peek != threads) throw new InvalidOperationException($"{guarded.Peek}");
            void Body()
            {
                while (!owner.CompareExchange(1, 0)) Execution.Current!.Step(StepKind.Yield);
                guarded.Write(guarded.Read() + 1);
                owner.VolatileWrite(0);
            }
        });
        Assert.Null(result.Failure);
        Assert.True(result.Exhausted, $"{result.StoppedBy} {result.Schedules}");
    }

    [Fact]
    public void comes_to_an_end_with_a_thread_that_polls_under_a_lock()
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var mutex = new TestMutex();
            bool done = false;
            Run.Together(
                () =>
                {
                    for (bool seen = false; !seen;)
                    {
                        mutex.Enter();
                        seen = done;
                        mutex.Exit();
                    }
                },
                () =>
                {
                    mutex.Enter();
                    done = true;
                    mutex.Exit();
                });
        });
        Assert.Null(result.Failure);
        Assert.True(result.Exhausted, $"{result.StoppedBy} {result.Schedules}");
    }

    private static void Counts(Action body, long expected, ulong? order = null)
    {
        SearchResult result = Run.Under(new Dpor { Order = order }, body);
        Assert.True(result.Exhausted, result.StoppedBy);
        Assert.Equal((expected, 0), (result.Schedules, result.Redundant));
    }
}
