using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

/// <summary>An assembly's public surface as text, one line per type and member, in an order that does not depend on the compiler.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) => string.Concat(assembly.GetExportedTypes()
        .Where(type => !Hidden(type))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => $"{Kind(type)} {Name(type)}{Bases(type)}\n{string.Concat(Members(type))}"));

    /// <summary>Types that stand for the platform's, and bear their members: their own specs hold them to those.</summary>
    private static bool Hidden(Type type) => type.Name.StartsWith('<') ||      // what the compiler keeps beside extension members
        type.GetCustomAttribute<EditorBrowsableAttribute>()?.State == EditorBrowsableState.Never || (type.DeclaringType is { } outer && Hidden(outer));

    private static IEnumerable<string> Members(Type type) => typeof(Delegate).IsAssignableFrom(type) ? [] : type.GetMembers(Declared)
        .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) || member is not MethodBase)
        .Select(Line).OfType<string>()
        .Order(StringComparer.Ordinal)
        .Select(line => $"    {line}\n");

    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo field when Visible(field.IsPublic, field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName =>
            $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        ConstructorInfo made when Seen(made) => $"new({Parameters(made)})",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Where(Seen).ToArray() is [var first, ..] accessors =>
            $"{Modifiers(first)}{Name(property.PropertyType)} {property.Name} {{ "
            + string.Concat(accessors.Select(accessor => accessor.Name[..3] + "; ").Order(StringComparer.Ordinal)) + "}",
        MethodInfo method when Seen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Modifiers(method)}{Name(method.ReturnType)} {method.Name}{Generics(method.GetGenericArguments())}({Parameters(method)})",
        EventInfo happening when happening.AddMethod is { } add && Seen(add) => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static bool Seen(MethodBase method) => Visible(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly);

    private static bool Visible(bool isPublic, bool toHeirs) => isPublic || toHeirs;

    private static string Modifiers(MethodInfo method) =>
        (method.IsPublic ? "" : "protected ")
        + (method.IsStatic ? "static " : method.IsAbstract ? "abstract "
            : method.GetBaseDefinition() != method ? "override " : method.IsVirtual && !method.IsFinal ? "virtual " : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Passing(parameter)}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? " = …" : "")}"));

    private static string Passing(ParameterInfo parameter) =>
        parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsInterface ? "interface"
        : type.IsValueType ? type.IsByRefLike ? "ref struct" : "struct"
        : type.IsAbstract ? type.IsSealed ? "static class" : "abstract class"
        : type.IsSealed ? "sealed class" : "class";

    private static string Bases(Type type)
    {
        IEnumerable<Type> inherited = type.BaseType?.GetInterfaces() ?? [];
        Type[] bases = [.. new[] { type.BaseType }.OfType<Type>().Except([typeof(object), typeof(ValueType), typeof(Enum), typeof(MulticastDelegate)])];
        string[] names = [.. bases.Select(Name), .. type.GetInterfaces().Where(_ => !type.IsEnum).Except(inherited).Select(Name).Order(StringComparer.Ordinal)];
        return names.Length == 0 ? "" : $" : {string.Join(", ", names)}";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value) return Name(value) + "?";
        if (type.IsGenericParameter) return type.Name;
        string outer = type.IsNested ? Name(type.DeclaringType!) + "." : type.Namespace is "System" or null ? "" : type.Namespace + ".";
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return outer + (tick < 0 ? type.Name : type.Name[..tick] + Generics(type.GetGenericArguments()));
    }

    private static string Generics(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";
}
