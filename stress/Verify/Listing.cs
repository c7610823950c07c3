using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Testing.Engines;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>What there is, by the names that the options take.</summary>
internal static class Listing
{
    public static IEnumerable<string> Of(Plan plan)
    {
        yield return "Engines";
        foreach (Engine engine in plan.Engines) yield return $"  {engine.Name}: what passes {engine.Claim}";
        foreach (IGrouping<string, CatalogEntry> topic in plan.Implementations.GroupBy(one => one.Topic))
        {
            yield return $"\n{topic.Key}: implementations";
            foreach (CatalogEntry implementation in topic) yield return $"  {implementation.Name}";
        }

        foreach (IGrouping<string, Exhibit> topic in plan.Twins.GroupBy(one => one.Topic))
        {
            yield return $"\n{topic.Key}: broken twins";
            foreach (Exhibit twin in topic) yield return $"  {twin.Name} {twin.Defect} ({twin.CaughtBy.Name})";
        }
    }
}
