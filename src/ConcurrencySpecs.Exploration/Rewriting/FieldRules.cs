using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What a field needs when rewritten code touches it.</summary>
internal enum FieldUse : byte
{
    /// <summary>No other logical thread can observe this access.</summary>
    Unobservable,

    /// <summary>Memory that threads share.</summary>
    Shared,

    /// <summary>A [ThreadStatic] field: one value per logical thread.</summary>
    PerThread,
}

/// <summary>Decides which fields are hooked, and remembers it per field.</summary>
/// <remarks>
/// Not hooked, each because no schedule can tell the difference: constants and mapped data; readonly and settled fields (<see cref="SettledFields"/>);
/// fields of ref structs, which live on one stack; the fields of async state machines, which one logical thread at a time runs and whose hand-over
/// the task orders; caches of delegates that the compiler adds; static fields of shared assemblies.
/// Iterators are hooked: two threads may pull from one enumerator.
/// </remarks>
internal sealed class FieldRules(SettledFields settled)
{
    private readonly Dictionary<FieldReference, FieldUse> _uses = [];

    public FieldUse Of(FieldReference field)
    {
        if (_uses.TryGetValue(field, out FieldUse use)) return use;
        return _uses[field] = Decide(field);
    }

    /// <summary>Whether the field is a [ThreadStatic] of rewritten code.</summary>
    public static bool IsPerThread(FieldDefinition field) =>
        field.IsStatic && field.HasCustomAttributes && field.CustomAttributes.Any(a => a.AttributeType.FullName == "System.ThreadStaticAttribute");

    /// <summary>Compiler-made holders of cached delegates: <c>&lt;&gt;c</c>, <c>&lt;&gt;O</c> and fields of closures.</summary>
    public static bool IsDelegateCache(FieldDefinition field) => field.Name.StartsWith("<>9__", StringComparison.Ordinal)
        || field.IsStatic && (field.DeclaringType.Name is "<>c" or "<>O" || field.DeclaringType.Name.StartsWith("<>c__", StringComparison.Ordinal)
            || field.DeclaringType.Name.StartsWith("<>O", StringComparison.Ordinal)
                || field.DeclaringType.FullName.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal));

    private FieldUse Decide(FieldReference reference)
    {
        if (reference.FieldType is ByReferenceType) return FieldUse.Unobservable;
        FieldDefinition? field = reference as FieldDefinition
            ?? TypeShape.Definition(reference.DeclaringType)?.Fields.FirstOrDefault(f => f.Name == reference.Name);
        if (field is null) return Foreign(reference);
        if (field.IsLiteral || field.HasConstant || (field.Attributes & FieldAttributes.HasFieldRVA) != 0
            || IsDelegateCache(field)) return FieldUse.Unobservable;
        if (IsPerThread(field)) return FieldUse.PerThread;
        if (settled.Contains(field) || IsOfStateMachine(field.DeclaringType)) return FieldUse.Unobservable;
        return TypeShape.IsStackOnly(field.DeclaringType) || TypeShape.IsStackOnly(reference.FieldType) ? FieldUse.Unobservable : FieldUse.Shared;
    }

    // Public fields of shared assemblies: ValueTuple and the like. Their statics are constants in all but name.
    private static FieldUse Foreign(FieldReference reference)
    {
        System.Reflection.FieldInfo? field = TypeShape.Loaded(reference.DeclaringType)?.GetField(reference.Name);
        return field is null || field.IsStatic || field.IsInitOnly ? FieldUse.Unobservable : FieldUse.Shared;
    }

    private static bool IsOfStateMachine(TypeDefinition type) => type.Name.StartsWith('<')
        && type.Interfaces.Any(i => i.InterfaceType.Name == "IAsyncStateMachine")
            && !type.Interfaces.Any(i => i.InterfaceType.Name.StartsWith("IAsyncEnumer", StringComparison.Ordinal));
}
