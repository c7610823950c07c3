using System.Reflection;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Finds the twin of a type by its full name and of a method by name and mapped signature.</summary>
internal sealed class TwinMap(TwinContext context)
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Dictionary<Type, Type> _types = [];

    /// <summary>The type as code inside the context knows it; the type itself if it is shared throughout.</summary>
    public Type Of(Type type)
    {
        if (_types.TryGetValue(type, out Type? twin)) return twin;
        return _types[type] = Find(type);
    }

    /// <summary>Whether the type is rewritten or made of a rewritten one.</summary>
    public bool Mentions(Type type) => Of(type) != type;

    public MethodInfo Of(MethodInfo method)
    {
        Type owner = Of(method.DeclaringType!);
        if (owner == method.DeclaringType && !method.IsGenericMethod) return method;
        Type[] parameters = [.. method.GetParameters().Select(p => Of(p.ParameterType))];
        Type[]? arguments = method.IsGenericMethod ? [.. method.GetGenericArguments().Select(Of)] : null;
        MethodInfo? twin = owner.GetMethods(Declared)
            .Where(m => m.Name == method.Name && m.IsStatic == method.IsStatic && m.GetParameters().Length == parameters.Length
                && (m.IsGenericMethodDefinition ? m.GetGenericArguments().Length : 0) == (arguments?.Length ?? 0))
            .Select(m => arguments is null ? m : m.MakeGenericMethod(arguments))
            .SingleOrDefault(m => m.GetParameters().Select(p => p.ParameterType).SequenceEqual(parameters));
        return twin ?? throw new ExplorationRefusedException($"The rewritten {owner} has no method {method}: "
            + "its signature holds a type that the explorer replaces.");
    }

    /// <summary>The field in the twin type.</summary>
    public FieldInfo Of(FieldInfo field) => Of(field.DeclaringType!).GetField(field.Name, Declared)
        ?? throw new ExplorationRefusedException($"The rewritten {field.DeclaringType} has no field {field.Name}.");

    private Type Find(Type type)
    {
        if (type.IsGenericParameter) throw new ExplorationRefusedException($"{type} is an open type parameter and cannot be explored.");
        if (type.HasElementType)
        {
            Type element = Of(type.GetElementType()!);
            if (type.IsByRef) return element.MakeByRefType();
            if (type.IsPointer) return element.MakePointerType();
            return type.IsSZArray ? element.MakeArrayType() : element.MakeArrayType(type.GetArrayRank());
        }

        if (!type.IsConstructedGenericType) return FindDefinition(type);
        Type[] arguments = [.. type.GetGenericArguments().Select(Of)];
        return FindDefinition(type.GetGenericTypeDefinition()).MakeGenericType(arguments);
    }

    private Type FindDefinition(Type type)
    {
        if (context.Scope.IsTwinned(type.Assembly))
            return context.LoadFromAssemblyName(type.Assembly.GetName()).GetType(type.FullName!, throwOnError: true)!;
        Type outer = type;
        while (outer.DeclaringType is not null) outer = outer.DeclaringType;
        if (outer.FullName is null || TwinCatalog.Default.TwinOf(outer.FullName) is not { } twin || outer.Assembly == twin.Assembly) return type;
        return type == outer ? twin : twin.Assembly.GetType(twin.FullName + type.FullName![outer.FullName.Length..], throwOnError: true)!;
    }
}
