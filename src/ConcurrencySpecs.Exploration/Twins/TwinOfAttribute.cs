namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Marks the type that stands for <paramref name="original"/> in rewritten code; it has the same members, and nested types follow.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TwinOfAttribute(Type original) : Attribute
{
    /// <summary>The type that it stands for.</summary>
    public Type Original { get; } = original;
}

/// <summary>Marks static methods that stand for calls to another type: same name, the instance as first parameter.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CallsOfAttribute : Attribute
{
    /// <summary>Stands for a framework type.</summary>
    public CallsOfAttribute(Type original)
    {
        ArgumentNullException.ThrowIfNull(original);
        Original = original;
        FullName = (original.IsConstructedGenericType ? original.GetGenericTypeDefinition() : original).FullName!.Replace('+', '/');
    }

    /// <summary>Stands for a type of a program that this assembly does not know, such as a door to the system.</summary>
    /// <param name="fullName">Its full name; the methods are those of the class marked.</param>
    public CallsOfAttribute(string fullName) => FullName = fullName;

    /// <summary>The type whose calls it takes, where it is known here.</summary>
    public Type? Original { get; }

    /// <summary>Its full name as metadata spells it.</summary>
    public string FullName { get; }
}
