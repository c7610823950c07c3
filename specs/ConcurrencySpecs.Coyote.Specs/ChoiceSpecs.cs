using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Coyote;

#pragma warning disable RS0030 // what a program draws without a seed is what these specs are about

public sealed class What_a_program_draws_under_coyote
{
    public static TheoryData<string> Strategies => [.. CoyoteDriver.All().Select(driver => driver.Name)];

    [Theory, MemberData(nameof(Strategies))]
    public void is_chosen_by_the_strategy_and_replayed_by_either(string strategy)
    {
        var driver = CoyoteDriver.All().First(one => one.Name == strategy);
        ExplorationOptions options = new() { Driver = driver, Schedules = 2_000 };
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Sample(Guess, options));
        var ours = Assert.Throws<ExplorationFailedException>(() => Explore.Replay(failed.Result.Counterexample!.Schedule, Guess));
        var theirs = Assert.Throws<ExplorationFailedException>(() => Explore.Sample(Guess, options with { Driver = CoyoteDriver.Replay(driver.Trace!) }));
        Assert.Equal(failed.Result.Counterexample!.Explanation, ours.Result.Counterexample!.Explanation);
        Assert.Equal((1, failed.Result.Counterexample!.Verdict), (theirs.Result.Schedules, theirs.Result.Counterexample!.Verdict));
    }

    /// <summary>A boolean, an integer, and what takes several of them.</summary>
    [Fact]
    public void takes_every_value_and_none_out_of_its_range()
    {
        const int schedules = 400;
        var options = new ExplorationOptions { Driver = CoyoteDriver.RandomWalk(), Schedules = schedules };
        using var host = TwinHost.For(typeof(What_a_program_draws_under_coyote), options);
        var drawn = new List<(int Coin, int Die, long Wide, double Share)>();
        host.Sample(() =>
        {
            var random = new Random();
            drawn.Add((random.Next(2), random.Next(1, 7), random.NextInt64(long.MinValue, long.MaxValue), random.NextDouble()));
        });
        Assert.Equal(schedules, drawn.Count);
        Assert.Equal([0, 1], drawn.Select(one => one.Coin).Distinct().Order());
        Assert.Equal([1, 2, 3, 4, 5, 6], drawn.Select(one => one.Die).Distinct().Order());
        Assert.Equal(schedules, drawn.Select(one => one.Wide).Distinct().Count());
        Assert.Equal([-1, 1], drawn.Select(one => Math.Sign(one.Wide)).Distinct().Order());
        Assert.All(drawn, one => Assert.InRange(one.Share, 0, 1 - double.Epsilon));
        Assert.Equal(2, drawn.Select(one => one.Share < 0.5).Distinct().Count());
    }

    /// <summary>Fails for one of two coins and one of six dice, each drawn by a thread of its own.</summary>
    private static void Guess()
    {
        const int heads = 1, five = 4;
        int coin = 0, die = 0;
        Task first = Task.Run(() => coin = Random.Shared.Next(2)), second = Task.Run(() => die = new Random().Next(6));
        Task.WaitAll(first, second);
        Assert.False(coin == heads && die == five, $"coin {coin}, die {die}");
    }
}
