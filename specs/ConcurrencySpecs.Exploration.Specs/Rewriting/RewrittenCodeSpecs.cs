using System.Runtime.Loader;
using ConcurrencySpecs.Exploration;

public sealed class Rewritten_code
{
    public static TheoryData<string> Programs => [.. SmokePrograms.All.Keys];

    [Theory, MemberData(nameof(Programs))]
    public void computes_what_the_original_computes(string program)
    {
        var inside = new Tally<string>();
        Explore.Every(() => inside.Add(SmokePrograms.All[program]()), new ExplorationOptions { Schedules = 50, MayEndAtBound = true });
        Assert.Equal([SmokePrograms.All[program]()], inside.Values);
    }

    [Fact]
    public void lives_in_a_load_context_of_its_own()
    {
        var contexts = new Tally<string>();
        Explore.Every(() => contexts.Add(AssemblyLoadContext.GetLoadContext(typeof(Rewritten_code).Assembly)!.Name!));
        Assert.Equal(["twins of ConcurrencySpecs.Exploration.Specs"], contexts.Values);
    }

    [Fact]
    public void keeps_its_lines()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() => Fails()));
        Assert.Contains("RewrittenCodeSpecs.cs:line 33", failed.StackTrace, StringComparison.Ordinal);

        static void Fails()
        {
            int[] none = [];
            _ = none.Length == 0 ? throw new InvalidOperationException("no seat") : none[0]++;
        }
    }

    // The compiler calls a struct's constructor on a variable of its own, and creates what it hands on: the two have different stacks.
    [Fact]
    public void makes_a_struct_of_shared_code_in_place_and_on_the_stack()
    {
        var seen = new Tally<string>();
        Explore.Every(() =>
        {
            var kept = new decimal(1, 2, 3, isNegative: false, scale: 0);
            kept += decimal.One;
            seen.Add($"{kept - Handed(new decimal(1, 2, 3, isNegative: false, scale: 0))}");
        });
        Assert.Equal(["1"], seen.Values);

        static decimal Handed(decimal value) => value;
    }
}
