using System.Reflection;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Testing.Engines;

namespace ConcurrencySpecs.Contracts;

/// <summary>A specification that can be run: its name, its topic (the folder it lives in), its type.</summary>
public sealed record CatalogEntry(string Name, string Topic, Type Spec);

/// <summary>All contracts of this assembly. Writing one is enough to have it run: there is no list to keep.</summary>
public static class Catalog
{
    public static IReadOnlyList<CatalogEntry> Contracts { get; } = Of(typeof(Catalog).Assembly);

    /// <summary>Every specification in <paramref name="assembly"/>, by topic and name.</summary>
    public static IReadOnlyList<CatalogEntry> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return [.. assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ConcurrentSpec)) && !type.IsAbstract)
            .Select(type => new CatalogEntry(Engine.Construct(type).Name, type.Namespace!.Split('.')[^1], type))
            .OrderBy(entry => entry.Topic, StringComparer.Ordinal).ThenBy(entry => entry.Name, StringComparer.Ordinal)];
    }
}
