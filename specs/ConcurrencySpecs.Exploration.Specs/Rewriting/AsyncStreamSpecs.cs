using ConcurrencySpecs.Exploration;

/// <summary>Asynchronous streams and queries over them, rewritten in memory.</summary>
public sealed class An_asynchronous_stream_under_exploration
{
    [Fact]
    public void goes_on_without_the_context_as_a_step() => Exhausts(async () =>
    {
        int sum = 0;
        await foreach (int item in new Countdown(2).Items.ConfigureAwait(false)) sum += item;
        Assert.Equal(3, sum);
    });

    [Fact]
    public void goes_on_with_a_token_and_without_the_context_as_a_step() => Exhausts(async () =>
    {
        int sum = 0;
        using var source = new CancellationTokenSource();
        await foreach (int item in new Countdown(2).Items.WithCancellation(source.Token).ConfigureAwait(false)) sum += item;
        Assert.Equal(3, sum);
    });

    // Once refused: "it returns a task that some other thread completes".
    [Fact]
    public void is_queried_under_every_schedule() => Exhausts(async () =>
    {
        int[] items = await new Countdown(2).Items.Where(item => item > 1).Select(item => item * 10).ToArrayAsync();
        Assert.Equal([20], items);
    });

    [Fact]
    public void hides_no_lost_update_behind_a_query() => Assert.Throws<ExplorationFailedException>(() => Explore.Every(async () =>
    {
        int count = 0;
        await Task.WhenAll(Count(), Count());
        Assert.Equal(2, count);
        async Task Count() => await new Countdown(1).Items.Select(item => Task.Run(() => count += item)).ForEachAwaited();
    }));

    private static void Exhausts(Func<Task> body) => Assert.True(Explore.Every(body).Exhausted);

    /// <summary>Its moves are methods that really wait, not those of an iterator.</summary>
    private sealed class Countdown(int from) : IAsyncEnumerable<int>, IAsyncEnumerator<int>
    {
        private int _next = from + 1;

        public IAsyncEnumerable<int> Items => this;
        public int Current => _next;
        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public async ValueTask<bool> MoveNextAsync()
        {
            await Task.Yield();
            return --_next > 0;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

internal static class AwaitedItems
{
    public static async Task ForEachAwaited(this IAsyncEnumerable<Task> tasks)
    {
        await foreach (Task task in tasks) await task;
    }
}
