using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>The names that a reader wrote, behind those that the compiler made of them.</summary>
internal static class SourceNames
{
    /// <summary><c>TicketDesk.TrySell</c>, also for its lambdas, local functions, iterators and async state machines.</summary>
    public static string Of(MethodReference method)
    {
        TypeReference type = method.DeclaringType.GetElementType();
        string name = Of(method.Name);
        while (type.DeclaringType is not null && type.Name.StartsWith('<'))
        {
            if (method.Name == "MoveNext" && name == "MoveNext") name = Of(type.Name);
            type = type.DeclaringType;
        }

        return $"{WithoutArity(type.Name)}.{name}";
    }

    /// <summary><c>TicketDesk._left</c>: a field or method with its type, as a message shows it.</summary>
    public static string Of(MemberReference member) => member is MethodReference method ? Of(method)
        : member.DeclaringType.Name.StartsWith('<') ? Of(member.Name) : $"{WithoutArity(member.DeclaringType.GetElementType().Name)}.{Of(member.Name)}";

    /// <summary>Takes apart <c>&lt;seats&gt;P</c>, <c>&lt;Left&gt;k__BackingField</c>, <c>&lt;M&gt;b__0</c> and <c>&lt;M&gt;g__Local|0_1</c>.</summary>
    public static string Of(string name)
    {
        if (!name.StartsWith('<') || name.LastIndexOf('>') is var end && end <= 1) return Plain(name);
        string inner = Of(name[1..end]);
        int local = name.IndexOf("g__", end, StringComparison.Ordinal), bar = name.IndexOf('|', end);
        return local == end + 1 && bar > 0 ? $"{inner}.{name[(local + 3)..bar]}" : inner;
    }

    private static string Plain(string name) => name switch
    {
        ".ctor" => "constructor",
        ".cctor" => "static constructor",
        _ => name,
    };

    public static string WithoutArity(string name) => name.IndexOf('`') is > 0 and var tick ? name[..tick] : name;
}
