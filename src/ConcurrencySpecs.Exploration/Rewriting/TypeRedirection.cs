using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Makes every reference of a module to a twinned framework type mean the twin.</summary>
/// <remarks>One change of a type reference's namespace and scope carries along all that is built on it: calls, fields, locals,
/// signatures, generic arguments and nested types; no instruction is touched.</remarks>
internal sealed class TypeRedirection
{
    private const string Pooling = "PoolingAsyncValueTaskMethodBuilder";

    private readonly Dictionary<string, Type> _twins = [];      // by the reference's new full name
    private readonly bool _any;

    public TypeRedirection(ModuleDefinition module, TwinCatalog catalog, AssemblyNameReference exploration)
    {
        foreach (TypeReference reference in module.GetTypeReferences())
        {
            // A builder that pools its state machines differs from one that makes them in nothing that a program sees.
            if (reference.Namespace == "System.Runtime.CompilerServices" && reference.Name.StartsWith(Pooling, StringComparison.Ordinal))
                reference.Name = reference.Name["Pooling".Length..];
            if (reference.DeclaringType is not null) reference.Namespace = reference.Namespace;     // lets go of a full name that was asked for before
            if (reference.DeclaringType is not null || catalog.TwinOf(reference.FullName) is not { } twin) continue;
            reference.Namespace = twin.Namespace;
            reference.Scope = exploration;
            _twins[reference.FullName] = twin;
            _any = true;
        }
    }

    /// <summary>The twin behind a redirected reference, nested types included; null for any other type.</summary>
    public Type? TwinOf(TypeReference type)
    {
        if (!_any) return null;
        if (type.DeclaringType is null) return type is TypeDefinition ? null : _twins.GetValueOrDefault(type.FullName);
        return TwinOf(type.DeclaringType)?.GetNestedType(type.Name, System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic);
    }

    /// <summary>Whether a signature that was compiled against the real types names a redirected one.</summary>
    public bool Mentions(MethodReference method)
    {
        if (!_any) return false;
        if (Mentions(method.ReturnType)) return true;
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            if (Mentions(parameter.ParameterType)) return true;
        }

        return false;
    }

    private bool Mentions(TypeReference type) => type switch
    {
        GenericParameter => false,
        GenericInstanceType instance => Mentions(instance.ElementType) || instance.GenericArguments.Any(Mentions),
        TypeSpecification specification => Mentions(specification.ElementType),
        _ => TwinOf(type) is not null,
    };
}
