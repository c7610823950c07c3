using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;
using ConcurrencySpecs.Exploration.Twins;
using Thread = ConcurrencySpecs.Exploration.Twins.Thread;

/// <summary>Explores programs written against twins, as the rewriter would leave them.</summary>
internal static class Exploring
{
    private const int NaiveSchedules = 3_000;

    /// <summary>Runs every schedule and expects exactly these ends, from the reduced search and, as far as it gets, from the naive one.</summary>
    public static void Ends(string expected, Func<object> program)
    {
        SortedSet<string> reduced = AllEnds(new Dpor(), program, long.MaxValue, out bool exhausted);
        Assert.True(exhausted, "the reduced search was not exhausted");
        Assert.Equal(expected, string.Join(" | ", reduced));
        SortedSet<string> naive = AllEnds(new Naive(), program, NaiveSchedules, out bool all);
        if (all) Assert.Equal(expected, string.Join(" | ", naive));
        else Assert.Subset(reduced, naive);
    }

    /// <summary>Runs every schedule and expects no complaint.</summary>
    public static void Passes(Action program) => Ends("done", () =>
    {
        program();
        return "done";
    });

    /// <summary>Expects the reduced search to find a schedule that fails.</summary>
    public static Verdict Fails(Outcome outcome, Action program)
    {
        SearchResult result = Run.Under(new Dpor(), program);
        Assert.True(result.Failure is not null, $"no failure in {result.Schedules} schedules");
        Assert.Equal(outcome, result.Failure!.Outcome);
        return result.Failure;
    }

    /// <summary>What the rewriter puts before the call of a twin; matters where a program goes round in loops.</summary>
    public static void At([CallerLineNumber] int line = 0) => Memory.At(line);

    /// <summary>Runs the bodies as twin threads and joins them.</summary>
    public static void Together(params Action[] bodies)
    {
        Thread[] threads = [.. bodies.Select(body => new Thread(() => body()))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }

    /// <summary>The same calls give the same answers on the real type, on the twin outside an exploration and on the twin inside.</summary>
    public static void Agree(Func<object> real, Func<object> twin)
    {
        object expected = real();
        Assert.Equal(expected, twin());
        object? inside = null;
        SearchResult result = Run.Under(new NoSwitch(), () => inside = twin(), 1);
        Assert.Null(result.Failure);
        Assert.Equal(expected, inside);
    }

    /// <summary>What a call gives, or the name of the exception it throws.</summary>
    public static string Try(Func<object?> call)
    {
        try
        {
            return call()?.ToString() ?? "null";
        }
        catch (Exception thrown) when (thrown is not ExecutionAbortedException)
        {
            return thrown.GetType().Name;
        }
    }

    /// <inheritdoc cref="Try(Func{object?})"/>
    public static string Try(Action call) => Try(() =>
    {
        call();
        return "ok";
    });

    private static SortedSet<string> AllEnds(Strategy strategy, Func<object> program, long schedules, out bool exhausted)
    {
        var ends = new SortedSet<string>(StringComparer.Ordinal);
        SearchResult result = Run.Under(strategy, () => ends.Add(program().ToString()!), schedules);
        Assert.True(result.Failure is null, $"{result.Failure?.Message} {result.Failure?.Exception?.StackTrace}");
        exhausted = result.Exhausted;
        return ends;
    }
}
