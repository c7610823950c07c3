using System.Collections.Concurrent;
using ConcurrencySpecs.Exploration;

/// <summary>The platform's own BlockingCollection, rewritten with the program.</summary>
public sealed class A_blocking_collection_under_exploration
{
    [Fact]
    public void hands_over_and_ends() => Exhausts(() =>
    {
        using var items = new BlockingCollection<int>(1);
        Task adding = Task.Run(() =>
        {
            items.Add(1);
            items.CompleteAdding();
        });
        Assert.Equal(1, items.GetConsumingEnumerable().Sum());
        Assert.True(items.IsCompleted);
        adding.Wait();
    });

    [Fact]
    public void makes_a_producer_wait_while_it_is_full() => Exhausts(() =>
    {
        var items = new BlockingCollection<int>(1) { 1 };
        Task adding = Task.Run(() => items.Add(2));
        Assert.Equal(1, items.Take());
        Assert.Equal(2, items.Take());
        adding.Wait();
    });

    [Fact]
    public void keeps_the_order_of_what_lies_beneath() => Exhausts(() =>
    {
        var items = new BlockingCollection<int>(new ConcurrentStack<int>());
        Task.Run(() => items.Add(1)).Wait();
        items.Add(2);
        Assert.Equal((2, 1), (items.Take(), items.Take()));
    });

    [Fact]
    public void is_waited_for_in_vain_or_not() => Exhausts(() =>
    {
        var items = new BlockingCollection<int>();
        Task adding = Task.Run(() => items.Add(7));
        bool taken = items.TryTake(out int item, 10);
        adding.Wait();
        Assert.Equal(taken, item == 7);
        Assert.Equal(taken ? 0 : 1, items.Count);
    });

    [Fact]
    public void loses_nothing_when_a_consumer_is_cancelled() => Exhausts(() =>
    {
        var items = new BlockingCollection<int>();
        using var cancel = new CancellationTokenSource();
        Task adding = Task.Run(() => items.Add(7)), cancelling = Task.Run(cancel.Cancel);
        bool taken = false;
        try
        {
            taken = items.Take(cancel.Token) == 7;
        }
        catch (OperationCanceledException)
        {
            Assert.True(cancel.IsCancellationRequested);
        }

        Task.WaitAll(adding, cancelling);
        Assert.Equal(taken ? 0 : 1, items.Count);
    });

    [Fact]
    public void that_nobody_completes_is_found() => Finds("Deadlock", () =>
    {
        var items = new BlockingCollection<int>();
        Task adding = Task.Run(() => items.Add(1));
        foreach (int item in items.GetConsumingEnumerable()) Assert.Equal(1, item);
        adding.Wait();
    });

    [Fact]
    public void that_is_completed_while_somebody_adds_is_found() => Finds("InvalidOperationException", () =>
    {
        var items = new BlockingCollection<int>();
        Task adding = Task.Run(() => items.Add(1));
        items.CompleteAdding();
        adding.Wait();
    });

    // Its property that says whether adding is completed is asked again and again: that looks like a loop in which nothing changes.
    private static void Exhausts(Action body) => Assert.True(Explore.Every(body, new() { Rounds = 10 }).Exhausted);

    private static void Finds(string what, Action body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString(), StringComparison.Ordinal);
}
