using ConcurrencySpecs.Exploration;

public sealed class Tasks_in_the_order_of_their_ends
{
    [Fact]
    public void come_in_every_order()
    {
        var orders = new Tally<string>();
        ExplorationResult result = Explore.Every(async () =>
        {
            Task<int> one = Task.Run(() => 1), two = Task.Run(() => 2);
            string order = "";
            await foreach (Task<int> done in Task.WhenEach(one, two)) order += await done;
            orders.Add(order);
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.Equal(["12", "21"], orders.Values.Order());
    }

    [Fact]
    public void are_awaited_until_a_token_calls_away()
    {
        var seen = new Tally<string>();
        ExplorationResult result = Explore.Every(async () =>
        {
            using var source = new CancellationTokenSource();
            var never = new TaskCompletionSource();
            Task cancels = Task.Run(source.Cancel), works = Task.Run(() => { });
            int done = 0;
            try
            {
                await foreach (Task task in Task.WhenEach([never.Task, works]).WithCancellation(source.Token)) done++;
            }
            catch (OperationCanceledException)
            {
                seen.Add($"{done} and called away");
            }
            await cancels;
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.Equal(["0 and called away", "1 and called away"], seen.Values.Order());
    }
}
