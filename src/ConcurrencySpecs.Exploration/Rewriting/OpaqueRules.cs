using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What shared code may do to one of its arguments.</summary>
internal enum Touch : byte
{
    /// <summary>Nothing that another thread could see.</summary>
    None,

    /// <summary>It reads the object.</summary>
    Read,

    /// <summary>It may change the object.</summary>
    Write,

    /// <summary>It reads the collection that the enumerator holds.</summary>
    Enumerate,
}

/// <summary>Finds the collections, builders, streams and arrays among the arguments of a call into a shared assembly.</summary>
internal sealed class OpaqueRules
{
    private static readonly HashSet<string> _namespaces =
        ["System.Collections", "System.Collections.Generic", "System.Collections.ObjectModel", "System.Collections.Specialized"];

    private static readonly HashSet<string> _types =
        ["System.Text.StringBuilder", "System.IO.MemoryStream", "System.IO.StringWriter", "System.IO.StringReader", "System.Random"];

    private static readonly string[] _reading =
    [
        "get_", "Contains", "IndexOf", "LastIndexOf", "TryGet", "TryPeek", "Peek", "Find", "Exists", "To", "Get", "CopyTo",
            "BinarySearch", "ForEach", "ConvertAll",
        "TrueForAll", "Equals", "AsReadOnly", "Is", "Overlaps", "SetEquals",
    ];

    private readonly Dictionary<MethodReference, Touch[]?> _known = [];

    /// <summary>One entry per stack slot of the call, the receiver first; null if none is touched.</summary>
    public Touch[]? Of(MethodReference method, bool creates)
    {
        if (_known.TryGetValue(method, out Touch[]? touches)) return touches;
        touches = Decide(method, creates);
        return _known[method] = touches.All(touch => touch == Touch.None) ? null : touches;
    }

    private static Touch[] Decide(MethodReference method, bool creates)
    {
        bool receiver = method.HasThis && !creates;
        var touches = new Touch[method.Parameters.Count + (receiver ? 1 : 0)];
        if (receiver) touches[0] = OfReceiver(method);
        for (int i = 0; i < method.Parameters.Count; i++)
            touches[i + (receiver ? 1 : 0)] =
                OfArgument(method, TypeShape.Inflate(method.Parameters[i].ParameterType, method.DeclaringType, method as GenericInstanceMethod));
        return touches;
    }

    private static Touch OfReceiver(MethodReference method)
    {
        TypeReference owner = method.DeclaringType.GetElementType();
        if (TypeShape.IsStruct(method.DeclaringType))
            return method.Name == "MoveNext" && _namespaces.Contains(Outer(owner).Namespace)
                && !TypeShape.IsStackOnly(method.DeclaringType) ? Touch.Enumerate : Touch.None;
        if (!IsMutable(owner) || owner.Name.Contains("Comparer", StringComparison.Ordinal)) return Touch.None;
        return _reading.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal)) ? Touch.Read : Touch.Write;
    }

    private static Touch OfArgument(MethodReference method, TypeReference type)
    {
        if (type is ArrayType) return Changes(method) ? Touch.Write : Touch.Read;
        if (type.FullName == "System.Array") return Changes(method) ? Touch.Write : Touch.Read;
        return !type.IsValueType && type is not (ByReferenceType or PointerType or GenericParameter) && IsMutable(type.GetElementType())
            && !type.Name.Contains("Comparer", StringComparison.Ordinal) ? Touch.Read : Touch.None;
    }

    private static bool Changes(MethodReference method) => method.DeclaringType.FullName is "System.Array" or "System.Buffer" or "System.Random"
        || method.Name.Contains("CopyTo", StringComparison.Ordinal) || method.Name.StartsWith("Read", StringComparison.Ordinal)
            || method.Name is "GetBytes" or "GetChars" or "Shuffle";

    private static bool IsMutable(TypeReference type) => type.Scope is AssemblyNameReference scope && AssemblyScope.IsFrameworkName(scope.Name)
        && (_namespaces.Contains(Outer(type).Namespace) || _types.Contains(type.FullName));

    private static TypeReference Outer(TypeReference type)
    {
        while (type.DeclaringType is not null) type = type.DeclaringType;
        return type;
    }
}
