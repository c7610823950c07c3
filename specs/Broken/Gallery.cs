using System.Reflection;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Testing.Engines;

namespace ConcurrencySpecs.Broken;

/// <summary>A broken twin: what is wrong with it, and by which engine it has to be caught.</summary>
public sealed record Exhibit(string Name, string Topic, string Defect, Type Spec, Engine CaughtBy);

/// <summary>All broken twins of this assembly, one exhibit for each engine that must catch it.</summary>
public static class Gallery
{
    public static IReadOnlyList<Exhibit> Exhibits { get; } = [.. Catalog.Of(typeof(Gallery).Assembly).SelectMany(ExhibitsOf)];

    private static IEnumerable<Exhibit> ExhibitsOf(CatalogEntry twin)
    {
        var broken = twin.Spec.GetCustomAttribute<BrokenAttribute>()
            ?? throw new InvalidOperationException(
                $"{twin.Spec} stands in the gallery without [Broken(…)]: say what is wrong with it and which engine catches it.");
        return broken.Engines.Select(name => new Exhibit(twin.Name, twin.Topic, broken.Defect, twin.Spec, EngineNamed(name, twin.Spec)));
    }

    private static Engine EngineNamed(string name, Type spec) => Engine.All.FirstOrDefault(engine => engine.Name == name)
        ?? throw new InvalidOperationException($"{spec} names the engine '{name}'; there are {string.Join(", ", Engine.All.Select(engine => engine.Name))}.");
}
