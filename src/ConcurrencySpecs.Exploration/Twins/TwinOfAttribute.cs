namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Marks the type that stands for <paramref name="original"/> in rewritten code; it has the same members, and nested types follow.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TwinOfAttribute(Type original) : Attribute
{
    /// <summary>The type that it stands for.</summary>
    public Type Original { get; } = original;
}

/// <summary>Marks static methods that stand for calls to <paramref name="original"/>: same name, the instance as first parameter.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CallsOfAttribute(Type original) : Attribute
{
    /// <summary>The type whose calls it takes.</summary>
    public Type Original { get; } = original;
}
