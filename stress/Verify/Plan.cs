using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Testing.Engines;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>What is going to be run, and for how long.</summary>
/// <param name="Implementations">The implementations to prove, by topic and name.</param>
/// <param name="Engines">The engines to prove them with, in their order.</param>
/// <param name="Twins">The broken twins, each with an engine that must catch it.</param>
/// <param name="Seed">Implementations are tried from this seed, twins from this one and those that follow it.</param>
/// <param name="Budget">The time for everything together.</param>
internal sealed record Plan(
    IReadOnlyList<CatalogEntry> Implementations, IReadOnlyList<Engine> Engines, IReadOnlyList<Exhibit> Twins, ulong Seed, TimeSpan Budget)
{
    private const int MostSeedsPerTwin = 20;
    private static readonly TimeSpan _enoughForMostSeeds = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _shortestChase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestChase = TimeSpan.FromSeconds(30);

    /// <summary>True when nothing was left out: then the run speaks for the whole house.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>The only program and schedule to run, in engines that control schedules; null: many.</summary>
    public string? Schedule { get; private init; }

    /// <summary>Over how many seeds each twin must be caught.</summary>
    public int SeedsPerTwin => Schedule is not null ? 1 : Math.Clamp((int)(MostSeedsPerTwin * (Budget / _enoughForMostSeeds)), 1, MostSeedsPerTwin);

    /// <summary>The time after which no further seeds are begun; what the twins leave of it goes to the implementations.</summary>
    public TimeSpan TwinsBudget => Implementations.Count == 0 ? Budget : Budget * 3 / 4;

    /// <summary>What the implementations get even when the twins took more than their part: on a busy machine the whole then takes longer.</summary>
    public TimeSpan LeastForImplementations => Budget / 5;

    /// <summary>How long an engine may chase a twin from one seed before the twin counts as escaped.</summary>
    public TimeSpan Chase => Budget < _shortestChase ? _shortestChase : Budget < _longestChase ? Budget : _longestChase;

    /// <exception cref="UsageException">A name is unknown, or nothing goes by all of the names given.</exception>
    public static Plan Of(IReadOnlyList<CatalogEntry> contracts, IReadOnlyList<Exhibit> exhibits, IReadOnlyList<Engine> engines, VerifyOptions options)
    {
        Names.Check("topic, implementation or twin", options.Only, [.. contracts.SelectMany(NamesOf).Concat(exhibits.SelectMany(NamesOf)).Distinct()]);
        Names.Check("engine", options.Engines, [.. engines.Select(engine => engine.Name)]);
        Engine[] chosen = [.. engines.Where(engine => IsIn(options.Engines, engine.Name))];
        CatalogEntry[] implementations = [.. contracts.Where(contract => IsIn(options.Only, NamesOf(contract)))];
        Exhibit[] meant = [.. exhibits.Where(exhibit => IsIn(options.Only, NamesOf(exhibit)))];
        Exhibit[] twins = [.. meant.Where(exhibit => chosen.Contains(exhibit.CaughtBy))];
        if (implementations.Length == 0 && twins.Length == 0)
        {
            string caught = string.Join(", ", meant.Select(exhibit => $"{exhibit.Name} is to be caught by {exhibit.CaughtBy.Name}"));
            throw new UsageException($"Nothing to run: {caught}, not by {string.Join(", ", options.Engines)}.");
        }

        return new(implementations, chosen, twins, options.Seed, options.Budget)
        {
            IsWhole = options.Only.Count == 0 && options.Engines.Count == 0,
            Schedule = options.Schedule,
        };
    }

    private static string[] NamesOf(CatalogEntry contract) => [contract.Topic, contract.Name];

    private static string[] NamesOf(Exhibit exhibit) => [exhibit.Topic, exhibit.Name];

    private static bool IsIn(IReadOnlyList<string> wanted, params string[] names) =>
        wanted.Count == 0 || wanted.Any(one => names.Any(name => Names.Same(one, name)));
}
