using ConcurrencySpecs.Exploration;

/// <summary>The variables of the process: threads share them, schedules do not.</summary>
public sealed class An_environment_variable
{
    private const string Name = "CONCURRENCYSPECS_SHARED";

    [Fact]
    public void counted_up_by_two_threads_loses_an_update() => Finds(() =>
    {
        Task.WaitAll(Task.Run(Add), Task.Run(Add));
        Assert.Equal("11", Environment.GetEnvironmentVariable(Name));
    });

    [Fact]
    public void counted_up_under_a_lock_loses_none() => Exhausts(() =>
    {
        var gate = new Lock();
        Task.WaitAll(Task.Run(AddLocked), Task.Run(AddLocked));
        Assert.Equal("11", Environment.GetEnvironmentVariable(Name, EnvironmentVariableTarget.Process));

        void AddLocked()
        {
            lock (gate) Add();
        }
    });

    [Theory, InlineData("all"), InlineData("expanded")]
    public void is_seen_set_or_not(string way)
    {
        var seen = new Tally<string>();
        Exhausts(() =>
        {
            Task setting = Task.Run(() => Environment.SetEnvironmentVariable(Name, "a", EnvironmentVariableTarget.Process));
            seen.Add(way == "all" ? $"{Environment.GetEnvironmentVariables()[Name] ?? "%"}" : Environment.ExpandEnvironmentVariables($"%{Name}%")[..1]);
            setting.Wait();
        });
        Assert.Equal(["%", "a"], seen.Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void is_the_process_s_again_in_every_schedule_and_afterwards()
    {
        Exhausts(() =>
        {
            Assert.Null(Environment.GetEnvironmentVariable(Name));
            Assert.NotNull(Environment.GetEnvironmentVariable("PATH"));
            Task.WaitAll(Task.Run(() => Environment.SetEnvironmentVariable("PATH", null)), Task.Run(() => Environment.SetEnvironmentVariable(Name, "a")));
            Assert.Null(Environment.GetEnvironmentVariable("PATH"));
        });
        Assert.Null(Environment.GetEnvironmentVariable(Name));
        Assert.NotNull(Environment.GetEnvironmentVariable("PATH"));
    }

    [Theory, InlineData("a"), InlineData(""), InlineData(null), InlineData("a=b")]
    public void is_what_it_is_outside(string? value)
    {
        string Told(string name)
        {
            Environment.SetEnvironmentVariable(name, value);
            string told = $"{Environment.GetEnvironmentVariable(name) ?? "none"} {Environment.ExpandEnvironmentVariables($"%%{name}%%{name}b%{name}%")} "
                + $"{Environment.GetEnvironmentVariables().Contains(name)}";
            Environment.SetEnvironmentVariable(name, null);
            return told;
        }

        string outside = Told(Name + "_OUTSIDE");
        Explore.Every(() => Assert.Equal(outside, Told(Name + "_OUTSIDE")));
    }

    [Theory, InlineData(null), InlineData(""), InlineData("a=b"), InlineData("\0a")]
    public void without_a_proper_name_is_refused_as_outside(string? name)
    {
        Type outside = Assert.ThrowsAny<ArgumentException>(() => Environment.SetEnvironmentVariable(name!, "a")).GetType();
        Explore.Every(() => Assert.Equal(outside, Assert.ThrowsAny<ArgumentException>(() => Environment.SetEnvironmentVariable(name!, "a")).GetType()));
    }

    private static void Add() => Environment.SetEnvironmentVariable(Name, Environment.GetEnvironmentVariable(Name) + "1");

    private static void Finds(Action body) => Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); });

    private static void Exhausts(Action body)
    {
        ExplorationResult result = Explore.Every(body);
        Assert.True(result.Exhausted && result.Schedules > 1, result.ToString());
    }
}
