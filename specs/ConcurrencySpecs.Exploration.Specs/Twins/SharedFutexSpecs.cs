using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;
using ConcurrencySpecs.Exploration.Twins;

public sealed class A_sleeper_between_processes
{
    /// <summary>It had used up its looks before: a condition whose notifier chose one who then died was called stuck (seed 702731162).</summary>
    [Fact]
    public void looks_again_after_what_a_survivor_has_changed_since_a_death()
    {
        SearchResult result = Run.Under(new Dpor(), () =>
        {
            var words = new Words();
            var mark = new Cell();
            Execution x = Execution.Current!;
            x.Spawn(Die, background: true);
            Run.Together(
                () =>
                {
                    while (mark.Read() == 0) SharedFutex.Wait(ref words.Bed, 0, Timeout.InfiniteTimeSpan);
                },
                () =>
                {
                    mark.Write(1);
                    SharedFutex.Wake(ref words.Other, 1);       // nobody is there: whoever sleeps elsewhere looks again by itself
                });
        });
        Assert.Null(result.Failure?.Message);
        Assert.True(result.Exhausted, result.StoppedBy);
        Assert.True(result.Schedules > 10, $"{result.Schedules}");
    }

    private static void Die()
    {
        Death.After(0);
        Execution.Current!.Step(StepKind.Yield);
    }

    private sealed class Words
    {
        public int Bed, Other;
    }
}
