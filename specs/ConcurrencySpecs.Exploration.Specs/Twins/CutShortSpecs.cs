using System.Collections.Concurrent;
using ConcurrencySpecs.Exploration;

/// <summary>A mutex and a bag whose users are called away by a token, as a user writes them.</summary>
public sealed class A_program_that_is_cut_short
{
    [Fact]
    public void while_it_waits_for_a_mutex_has_it_or_not() => Exhausts(() =>
    {
        using var mutex = new Mutex();
        using var cancel = new CancellationTokenSource();
        int inside = 0;
        Together.Run(
            () =>
            {
                mutex.WaitOne();
                inside++;
                mutex.ReleaseMutex();
                cancel.Cancel();
            },
            () =>
            {
                if (WaitHandle.WaitAny([cancel.Token.WaitHandle, mutex]) == 0) return;
                inside++;
                mutex.ReleaseMutex();
            });
        Assert.InRange(inside, 1, 2);
        Assert.True(mutex.WaitOne(0));
        mutex.ReleaseMutex();
    });

    [Fact]
    public void and_releases_a_mutex_that_it_never_had_is_found() => Finds(nameof(ApplicationException), () =>
    {
        using var mutex = new Mutex();
        using var cancel = new CancellationTokenSource();
        Together.Run(
            () =>
            {
                mutex.WaitOne();
                cancel.Cancel();
                mutex.ReleaseMutex();
            },
            () =>
            {
                WaitHandle.WaitAny([mutex, cancel.Token.WaitHandle]);
                mutex.ReleaseMutex();
            });
    });

    [Fact]
    public void while_it_empties_a_bag_leaves_the_rest_in_it() => Exhausts(() =>
    {
        var bag = new ConcurrentBag<int>([1, 2]);
        using var cancel = new CancellationTokenSource();
        CancellationToken token = cancel.Token;
        int taken = 0;
        Together.Run(cancel.Cancel, () =>
        {
            while (!token.IsCancellationRequested && bag.TryTake(out int item)) taken += item;
        });
        Assert.Equal(3, taken + bag.Sum());
    });

    [Fact]
    public void between_taking_from_a_bag_and_using_it_is_found() => Finds("Assert.Equal", () =>
    {
        var bag = new ConcurrentBag<int>([1, 2]);
        using var cancel = new CancellationTokenSource();
        CancellationToken token = cancel.Token;
        int taken = 0;
        Together.Run(cancel.Cancel, () =>
        {
            while (bag.TryTake(out int item) && !token.IsCancellationRequested) taken += item;
        });
        Assert.Equal(3, taken + bag.Sum());
    });

    private static void Exhausts(Action body) => Assert.True(Explore.Every(body).Exhausted);

    private static void Finds(string what, Action body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString(), StringComparison.Ordinal);
}
