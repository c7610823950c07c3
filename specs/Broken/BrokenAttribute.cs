namespace ConcurrencySpecs.Broken;

/// <summary>A twin of a real implementation with one defect, and the engines that must catch it.</summary>
/// <param name="defect">The defect, to be read after the twin's name: "publishes the count before the item".</param>
/// <param name="engines">The names of the engines that must catch it, for every seed.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BrokenAttribute(string defect, params string[] engines) : Attribute
{
    public string Defect { get; } = defect;

    public IReadOnlyList<string> Engines { get; } = engines;
}
