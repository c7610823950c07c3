using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What shared code may do to one of its arguments.</summary>
internal enum Touch : byte
{
    /// <summary>Nothing that another thread could see.</summary>
    None,

    /// <summary>It reads the object.</summary>
    Read,

    /// <summary>It reads the object, but nothing that the object looks at: what an enumerator has found already.</summary>
    ReadAlone,

    /// <summary>It reads the object if that is one whose text can change.</summary>
    Text,

    /// <summary>It may change the object.</summary>
    Write,

    /// <summary>It reads the collection that the struct leads to: an enumerator's, an alternate lookup's.</summary>
    ReadBehind,

    /// <summary>It may change the collection that the struct leads to.</summary>
    WriteBehind,

    /// <summary>It may change the object, and has to do so before it returns its task.</summary>
    Completes,

    /// <summary>It asks the token whether it is cancelled.</summary>
    Token,

    /// <summary>It reads the value that the reference leads to: the receiver of a struct's method, an <c>in</c> argument.</summary>
    ReadPlace,

    /// <summary>It may change the value that the reference leads to.</summary>
    WritePlace,

    /// <summary>It reads the elements of the span.</summary>
    ReadSpan,

    /// <summary>It may change the elements of the span.</summary>
    WriteSpan,
}

/// <summary>Finds what a call into a shared assembly may touch of what threads share: collections, builders, streams, arrays, spans and places.</summary>
internal sealed class OpaqueRules
{
    private static readonly HashSet<string> _namespaces =
    [
        "System.Collections", "System.Collections.Generic", "System.Collections.ObjectModel", "System.Collections.Specialized", "System.Text.Json.Nodes",
        "System.Xml", "System.Xml.Linq",
    ];

    private static readonly HashSet<string> _types =
    [
        "System.Text.StringBuilder", "System.Random", "System.UriBuilder", "System.WeakReference", "System.WeakReference`1",
        "System.Runtime.CompilerServices.ConditionalWeakTable`2", "System.IO.Stream", "System.IO.MemoryStream", "System.IO.FileStream",
        "System.IO.BufferedStream", "System.IO.TextWriter", "System.IO.StringWriter", "System.IO.StreamWriter", "System.IO.TextReader",
        "System.IO.StringReader", "System.IO.StreamReader", "System.IO.BinaryReader", "System.IO.BinaryWriter",
    ];

    private static readonly string[] _reading =
    [
        "get_", "Contains", "IndexOf", "LastIndexOf", "TryGet", "TryPeek", "Peek", "Find", "Exists", "To", "Get", "CopyTo",
            "BinarySearch", "ForEach", "ConvertAll",
        "TrueForAll", "Equals", "As", "Is", "Overlaps", "SetEquals",
    ];

    // What only computes an address or wraps one: whoever uses the result afterwards announces it.
    private static readonly HashSet<string> _addressing =
    [
        "System.Runtime.CompilerServices.Unsafe", "System.Runtime.InteropServices.MemoryMarshal",
        "System.Memory`1", "System.ReadOnlyMemory`1", "System.ArraySegment`1",
    ];

    private readonly Dictionary<(MethodReference, bool Creates), Touch[]?> _known = [];     // a struct's constructor is also called on a place

    /// <summary>One entry per stack slot of the call, the receiver first; null if none is touched.</summary>
    public Touch[]? Of(MethodReference method, bool creates)
    {
        if (_known.TryGetValue((method, creates), out Touch[]? touches)) return touches;
        touches = Decide(method, creates);
        return _known[(method, creates)] = touches.All(touch => touch == Touch.None) ? null : touches;
    }

    private static Touch[] Decide(MethodReference method, bool creates)
    {
        bool receiver = method.HasThis && !creates;
        var touches = new Touch[method.Parameters.Count + (receiver ? 1 : 0)];
        if (IsAddressing(method)) return touches;
        if (receiver) touches[0] = OfReceiver(method);
        for (int i = 0; i < method.Parameters.Count; i++)
            touches[i + (receiver ? 1 : 0)] =
                OfArgument(method, method.Parameters[i],
                    TypeShape.Inflate(method.Parameters[i].ParameterType, method.DeclaringType, method as GenericInstanceMethod));
        return touches;
    }

    /// <summary>Whether the call returns a task that the object completes at once, or not: which of them it is shows when it is made.</summary>
    public static bool MayComplete(MethodReference method) => method.HasThis && method.Name.EndsWith("Async", StringComparison.Ordinal)
        && method.DeclaringType.FullName is "System.IO.Stream" or "System.IO.MemoryStream" or "System.IO.TextReader" or "System.IO.StringReader"
            or "System.IO.StreamReader" or "System.IO.TextWriter" or "System.IO.StringWriter" or "System.IO.StreamWriter";

    private static Touch OfReceiver(MethodReference method)
    {
        TypeReference owner = method.DeclaringType.GetElementType();
        if (MayComplete(method)) return Touch.Completes;
        if (TypeShape.IsValue(method.DeclaringType)) return OfStruct(method, owner);
        if (owner.FullName == "System.Object" && method.Name == "ToString") return Touch.Text;      // a builder's too: compilers call the first declaration
        if (!IsMutable(owner) || owner.Name.Contains("Comparer", StringComparison.Ordinal) || OnlyWraps(method)) return Touch.None;
        if (method.Name == "get_Current") return Touch.ReadAlone;
        return Reads(method) ? Touch.Read : Touch.Write;
    }

    private static bool Reads(MethodReference method) => _reading.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal));

    private static bool OnlyWraps(MethodReference method) => method.Name.EndsWith("GetAlternateLookup", StringComparison.Ordinal);

    private static Touch OfStruct(MethodReference method, TypeReference owner)
    {
        if (IsSpan(owner)) return method.Name is "Fill" or "Clear" ? Touch.WriteSpan : Touch.ReadSpan;
        if (TypeShape.IsStackOnly(method.DeclaringType)) return Touch.None;
        if (method.Name == "MoveNext" && _namespaces.Contains(Outer(owner).Namespace)) return Touch.ReadBehind;
        if (IsLookup(owner)) return method.Name is "get_Dictionary" or "get_Set" ? Touch.None : Reads(method) ? Touch.ReadBehind : Touch.WriteBehind;
        return TypeShape.IsVoid(method.ReturnType) || method.Name is "MoveNext" ? Touch.WritePlace : Touch.ReadPlace;
    }

    private static bool IsAddressing(MethodReference method)
    {
        string owner = method.DeclaringType.GetElementType().FullName;
        if (IsSpan(method.DeclaringType.GetElementType())) return method.Name is not ("Fill" or "Clear" or "CopyTo" or "TryCopyTo" or "ToArray");
        if (owner == "System.MemoryExtensions") return method.Name is "AsSpan" or "AsMemory";
        return _addressing.Contains(owner)
            && !(method.Name.StartsWith("Read", StringComparison.Ordinal) || method.Name.StartsWith("Write", StringComparison.Ordinal)
                || method.Name.StartsWith("Copy", StringComparison.Ordinal) || method.Name.StartsWith("InitBlock", StringComparison.Ordinal)
                || method.Name == "ToArray");
    }

    private static bool IsLookup(TypeReference open) => open.Name == "AlternateLookup`1" && _namespaces.Contains(Outer(open).Namespace);

    private static bool IsSpan(TypeReference open) => open.FullName is "System.Span`1" or "System.ReadOnlySpan`1";

    // Characters are left out: nearly always they are a string's, which never changes.
    private static Touch OfSpan(TypeReference type)
    {
        if (type is not GenericInstanceType { GenericArguments: [var element] } span || !IsSpan(span.GetElementType())) return Touch.None;
        if (element.MetadataType == MetadataType.Char) return Touch.None;
        return span.Name.StartsWith("ReadOnly", StringComparison.Ordinal) ? Touch.ReadSpan : Touch.WriteSpan;
    }

    // Of what lives on a stack only, and of pointers, there is no place to announce.
    private static Touch OfPlace(TypeReference place, bool isIn) => TypeShape.IsStackOnly(place) || place is PointerType or FunctionPointerType
        || TypeShape.IsVoid(place) ? Touch.None : isIn ? Touch.ReadPlace : Touch.WritePlace;

    private static Touch OfArgument(MethodReference method, ParameterDefinition parameter, TypeReference type)
    {
        if (type is ByReferenceType reference)
            return OfPlace(reference.ElementType, isIn: parameter.IsIn || parameter.ParameterType is RequiredModifierType);
        if (MayComplete(method) && type.FullName is "System.IO.Stream" or "System.Threading.CancellationToken")
            return type.IsValueType ? Touch.Token : Touch.Completes;
        if (OfSpan(type) is var span and not Touch.None) return span;
        if (type.MetadataType == MetadataType.Object) return Touch.Text;
        if (IsLookup(type.GetElementType())) return ChangesFirst(method) ? Touch.WriteBehind : Touch.ReadBehind;
        if (type is ArrayType) return Changes(method) ? Touch.Write : Touch.Read;
        if (type.FullName == "System.Array") return Changes(method) ? Touch.Write : Touch.Read;
        return !type.IsValueType && type is not (ByReferenceType or PointerType or GenericParameter) && IsMutable(type.GetElementType())
            && !type.Name.Contains("Comparer", StringComparison.Ordinal) ? ChangesFirst(method) && parameter.Index == 0 ? Touch.Write : Touch.Read : Touch.None;
    }

    // What these classes add to a collection is called as if it were the collection's own.
    private static bool ChangesFirst(MethodReference method) => method.Name == "GetValueRefOrAddDefault" || !Reads(method)
        && method.DeclaringType.FullName is "System.Collections.Generic.CollectionExtensions" or "System.Runtime.InteropServices.CollectionsMarshal";

    private static bool Changes(MethodReference method) => method.DeclaringType.FullName is "System.Array" or "System.Buffer" or "System.Random"
        || method.Name.Contains("CopyTo", StringComparison.Ordinal) || method.Name.StartsWith("Read", StringComparison.Ordinal)
            || method.Name is "GetBytes" or "GetChars" or "Shuffle";

    private static bool IsMutable(TypeReference type) => type.Scope is AssemblyNameReference scope && AssemblyScope.IsFrameworkName(scope.Name)
        && (_namespaces.Contains(Outer(type).Namespace) || _types.Contains(type.FullName)
            || (type.Name.StartsWith("Builder", StringComparison.Ordinal) && Outer(type).Namespace == "System.Collections.Immutable"));

    private static TypeReference Outer(TypeReference type)
    {
        while (type.DeclaringType is not null) type = type.DeclaringType;
        return type;
    }
}
