namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Names the members of a <see cref="CallsOfAttribute"/> type that need no twin: they neither block, nor start threads,
/// nor look at state that steps change.</summary>
/// <remarks>A star stands for every member that has no method of its own.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PassesAttribute(params string[] members) : Attribute
{
    /// <summary>Their metadata names (<c>get_Id</c>), all overloads.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}
