using System.Diagnostics;
using System.Reflection;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Native;
using CallsOfAttribute = ConcurrencySpecs.Exploration.Twins.CallsOfAttribute;

public sealed class A_futex
{
    [Fact]
    public void returns_at_once_when_the_word_holds_something_else()
    {
        int word = 1;
        Assert.True(Futex.Wait(ref word, expected: 0, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void does_not_end_a_wait_before_its_time()
    {
        int[] word = [0];
        var timeout = TimeSpan.FromMilliseconds(30);
        long start = Stopwatch.GetTimestamp();
        while (Futex.Wait(ref word[0], expected: 0, timeout)) { }
        Assert.True(Stopwatch.GetElapsedTime(start) >= timeout);
    }

    [Fact]
    public void wakes_who_sleeps()
    {
        int[] word = [0];
        Running sleeper = Threads.Start(() => { while (Volatile.Read(ref word[0]) == 0) Futex.Wait(ref word[0], 0, Timeout.InfiniteTimeSpan); });
        Volatile.Write(ref word[0], 1);
        Futex.Wake(ref word[0], 1);
        sleeper.Join();
    }

    [Fact]
    public void keeps_the_word_in_place_while_the_collector_runs()
    {
        int[] word = [0];
        Running sleeper = Threads.Start(() => { while (Volatile.Read(ref word[0]) == 0) Futex.Wait(ref word[0], 0, Timeout.InfiniteTimeSpan); });
        for (int i = 0; i < 3; i++)
        {
            _ = new byte[100_000];
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        Volatile.Write(ref word[0], 1);
        Futex.Wake(ref word[0], 1);
        sleeper.Join();
    }
}

/// <summary>The explorer knows the futex by name only, so that nothing but this holds the two together.</summary>
public sealed class The_twin_of_the_futex
{
    private static readonly BindingFlags _members = BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly;

    [Fact]
    public void has_its_name_and_its_members()
    {
        Type twin = typeof(Explore).Assembly.GetTypes().Single(type => type.GetCustomAttribute<CallsOfAttribute>()?.FullName == typeof(Futex).FullName);
        Assert.Equal(typeof(Futex).GetMethods(_members).Select(method => method.ToString()).Order(),
            twin.GetMethods(_members).Select(method => method.ToString()).Order());
    }

    [Fact]
    public void sees_a_wake_up_that_is_forgotten() => Assert.Throws<ExplorationFailedException>(() => Explore.Every(static () =>
    {
        int[] word = [0];
        var sleeper = new Thread(() => { while (Volatile.Read(ref word[0]) == 0) Futex.Wait(ref word[0], 0, Timeout.InfiniteTimeSpan); });
        sleeper.Start();
        Volatile.Write(ref word[0], 1);
        sleeper.Join();
    }));

    [Fact]
    public void sees_that_a_change_between_look_and_sleep_is_not_missed() => Assert.True(Explore.Every(static () =>
    {
        int[] word = [0];
        var sleeper = new Thread(() => { while (Volatile.Read(ref word[0]) == 0) Futex.Wait(ref word[0], 0, Timeout.InfiniteTimeSpan); });
        sleeper.Start();
        Volatile.Write(ref word[0], 1);
        Futex.Wake(ref word[0], 1);
        sleeper.Join();
    }).Exhausted);

    [Fact]
    public void lets_a_wake_up_reach_any_one_of_those_who_sleep()
    {
        Assert.Throws<ExplorationFailedException>(() => Explore.Every(static () => WakeTwo(1)));
        Assert.True(Explore.Every(static () => WakeTwo(2)).Exhausted);
    }

    [Fact]
    public void lets_a_wait_with_a_limit_end_both_ways()
    {
        bool[] seen = new bool[2];
        foreach (bool expected in new[] { true, false })
        {
            try
            {
                Explore.Every(() =>
                {
                    int[] word = [0];
                    bool woken = false;
                    var sleeper = new Thread(() => woken = Futex.Wait(ref word[0], 0, TimeSpan.FromMilliseconds(5)));
                    sleeper.Start();
                    Futex.Wake(ref word[0], 1);
                    sleeper.Join();
                    Assert.NotEqual(expected, woken);
                });
            }
            catch (ExplorationFailedException)
            {
                seen[expected ? 1 : 0] = true;
            }
        }

        Assert.Equal([true, true], seen);
    }

    private static void WakeTwo(int count)
    {
        int[] word = [0];
        Thread[] sleepers = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (Volatile.Read(ref word[0]) == 0) Futex.Wait(ref word[0], 0, Timeout.InfiniteTimeSpan);
        }))];
        foreach (Thread sleeper in sleepers) sleeper.Start();
        Volatile.Write(ref word[0], 1);
        Futex.Wake(ref word[0], count);
        foreach (Thread sleeper in sleepers) sleeper.Join();
    }
}
