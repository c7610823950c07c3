using System.Reflection;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Queues;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Testing.Xunit;

internal static partial class House
{
    public static IReadOnlyList<Assembly> Packages { get; } =
    [
        typeof(SpscQueue<>).Assembly,
        typeof(History).Assembly,
        typeof(Explore).Assembly,
        typeof(ConcurrentSpec).Assembly,
        typeof(ConcurrentFacts<>).Assembly,
    ];
}
