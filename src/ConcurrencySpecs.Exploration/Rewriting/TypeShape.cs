using System.Reflection;
using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Questions about a type that an image only names: is it a struct, may it leave the stack, what is it after substitution.</summary>
internal static class TypeShape
{
    /// <summary>Whether the type is a struct with fields (neither a primitive nor an open parameter), by its signature alone.</summary>
    public static bool IsStructSignature(TypeReference type) =>
        Bare(type) is { IsValueType: true, IsPrimitive: false } bare && bare is not GenericParameter and not PointerType and not ByReferenceType;

    /// <summary>The same for the owner of a member, which no signature has marked as struct or class.</summary>
    public static bool IsStruct(TypeReference type)
    {
        if (type.IsValueType) return !type.IsPrimitive;
        return type is not (ArrayType or GenericInstanceType or GenericParameter)
            && (Definition(type)?.IsValueType ?? Loaded(type)?.IsValueType ?? false);
    }

    /// <summary>Whether the owner of a member is a struct, an enum or a primitive: its methods get the address of the value.</summary>
    public static bool IsValue(TypeReference owner) => owner.IsValueType || owner.IsPrimitive || IsStruct(owner);

    /// <summary>Whether values of the type live on the stack only (ref structs).</summary>
    public static bool IsStackOnly(TypeReference type)
    {
        type = Bare(type);
        if (type is ByReferenceType) return true;
        if (type is GenericParameter parameter) return ((int)parameter.Attributes & 0x20) != 0;        // `allows ref struct`
        if (type is ArrayType or PointerType or FunctionPointerType || type.IsPrimitive || !IsStruct(type)) return false;
        if (Definition(type) is { } definition) return definition.CustomAttributes.Any(a => a.AttributeType.Name == "IsByRefLikeAttribute");
        return Loaded(type)?.IsByRefLike ?? false;
    }

    public static bool IsVoid(TypeReference type) => Bare(type).MetadataType == MetadataType.Void;

    /// <summary>The type without required and optional modifiers (<c>volatile</c>, <c>init</c>, <c>in</c>).</summary>
    public static TypeReference Bare(TypeReference type)
    {
        while (type is IModifierType modified) type = modified.ElementType;
        return type;
    }

    /// <summary>The definition in the image at hand or in one that is rewritten with it; null for shared assemblies.</summary>
    public static TypeDefinition? Definition(TypeReference type)
    {
        TypeReference open = type.GetElementType();
        return open as TypeDefinition ?? (open.Module.AssemblyResolver as TwinResolver)?.Find(open);
    }

    /// <summary>The loaded type of a shared assembly (the framework's above all), or null if this process cannot load it.</summary>
    public static Type? Loaded(TypeReference type)
    {
        TypeReference outer = type.GetElementType();
        while (outer.DeclaringType is not null) outer = outer.DeclaringType;
        if (outer.Scope is not AssemblyNameReference assembly) return null;
        return (type.Module.AssemblyResolver as TwinResolver)?.Load(assembly)?.GetType(type.GetElementType().FullName.Replace('/', '+'), throwOnError: false);
    }

    /// <summary>A loaded type that has the same values, for showing them: the primitive itself, object for any reference, null for structs.</summary>
    public static Type? ForTrace(TypeReference type)
    {
        type = Bare(type);
        if (type.IsPrimitive) return Type.GetType(type.FullName);
        if (type is ArrayType || type.MetadataType is MetadataType.String or MetadataType.Object or MetadataType.Class) return IsStruct(type)
            ? EnumOf(type) : typeof(object);
        return type is GenericInstanceType { IsValueType: false } ? typeof(object) : EnumOf(type);
    }

    private static Type? EnumOf(TypeReference type)
    {
        if (type is GenericParameter or TypeSpecification) return null;
        if (Definition(type) is { } definition) return definition.IsEnum ? Type.GetType(definition.Fields.First(f => f.Name == "value__").FieldType.FullName)
            : null;
        return Loaded(type) is { IsEnum: true } known ? known : null;
    }

    /// <summary>Replaces the type parameters of <paramref name="owner"/> and <paramref name="method"/> by their arguments.</summary>
    public static TypeReference Inflate(TypeReference type, TypeReference owner, GenericInstanceMethod? method = null)
    {
        if (!type.ContainsGenericParameter && type is not IModifierType) return type;
        return type switch
        {
            GenericParameter { Type: GenericParameterType.Type } p when owner is GenericInstanceType g => g.GenericArguments[p.Position],
            GenericParameter { Type: GenericParameterType.Method } p when method is not null => method.GenericArguments[p.Position],
            IModifierType modified => Inflate(modified.ElementType, owner, method),
            ArrayType array => array.IsVector ? new ArrayType(Inflate(array.ElementType, owner, method)) : OfRank(array),
            ByReferenceType reference => new ByReferenceType(Inflate(reference.ElementType, owner, method)),
            PointerType pointer => new PointerType(Inflate(pointer.ElementType, owner, method)),
            GenericInstanceType instance => OfArguments(instance),
            _ => type,
        };

        ArrayType OfRank(ArrayType array)
        {
            var copy = new ArrayType(Inflate(array.ElementType, owner, method), array.Rank);
            for (int i = 0; i < array.Rank; i++) copy.Dimensions[i] = array.Dimensions[i];
            return copy;
        }

        GenericInstanceType OfArguments(GenericInstanceType instance)
        {
            var copy = new GenericInstanceType(instance.ElementType);
            foreach (TypeReference argument in instance.GenericArguments) copy.GenericArguments.Add(Inflate(argument, owner, method));
            return copy;
        }
    }

    /// <summary>The type as its own members see it: with its parameters as arguments.</summary>
    public static TypeReference Self(TypeDefinition type)
    {
        if (!type.HasGenericParameters) return type;
        var self = new GenericInstanceType(type);
        foreach (GenericParameter parameter in type.GenericParameters) self.GenericArguments.Add(parameter);
        return self;
    }
}
