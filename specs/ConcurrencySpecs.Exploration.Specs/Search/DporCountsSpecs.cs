using ConcurrencySpecs.Exploration.Search;

public sealed class The_reduced_search
{
    [Theory, InlineData(5, 64), InlineData(10, 3_328)]
    public void takes_the_published_number_of_schedules_for_lastzero(int n, long expected) => Counts(() => Published.LastZero(n), expected);

    [Theory, InlineData(2, 4), InlineData(8, 256), InlineData(13, 8_192)]
    public void takes_the_published_number_of_schedules_for_readers(int n, long expected) => Counts(() => Published.Readers(n), expected);

    [Theory, InlineData(12, 8), InlineData(15, 4_096)]
    public void takes_the_published_number_of_schedules_for_indexer(int n, long expected) => Counts(() => Published.Indexer(n), expected);

    [Theory, InlineData(1, 1), InlineData(2, 2), InlineData(3, 6), InlineData(4, 24), InlineData(5, 120), InlineData(6, 720), InlineData(7, 5_040)]
    public void takes_n_factorial_schedules_for_n_increments(int n, long expected) => Counts(() => Published.Increments(n), expected);

    private static void Counts(Action body, long expected)
    {
        SearchResult result = Run.Under(new Dpor(), body);
        Assert.True(result.Exhausted, result.StoppedBy);
        Assert.Equal((expected, 0), (result.Schedules, result.Redundant));
    }
}
