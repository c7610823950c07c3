using System.Reflection;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;

/// <summary>Every public member of a type with a twin is on the twin, or on the list of those that are refused by name.</summary>
public sealed class The_members_of_twins
{
    private static readonly BindingFlags _declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, string[]> _refused = new()
    {
        // Interrupt needs a scheduler that can throw into a wait; the rest is obsolete, COM's or a store per operating-system thread.
        ["Thread"] = ["Interrupt", "Abort", "ResetAbort", "Suspend", "Resume", "DisableComObjectEagerCleanup", "GetApartmentState", "SetApartmentState",
            "TrySetApartmentState", "get_ApartmentState", "set_ApartmentState", "AllocateDataSlot", "AllocateNamedDataSlot", "GetNamedDataSlot",
            "FreeNamedDataSlot", "GetData", "SetData", "GetCompressedStack", "SetCompressedStack", "GetHashCode"],
        // What waits for the operating system is outside the schedule.
        ["ThreadPool"] = ["UnsafeQueueNativeOverlapped", "BindHandle"],
        ["WaitHandle"] = ["get_Handle", "set_Handle", "get_SafeWaitHandle", "set_SafeWaitHandle", "InvalidHandle", ".ctor"],
        ["EventWaitHandle"] = ["OpenExisting", "TryOpenExisting"],
        ["Semaphore"] = ["OpenExisting", "TryOpenExisting"],
        ["Mutex"] = ["OpenExisting", "TryOpenExisting"],
        // Only the explorer knows who waits.
        ["ReaderWriterLockSlim"] = ["get_WaitingReadCount", "get_WaitingWriteCount", "get_WaitingUpgradeCount"],
        ["TaskFactory"] = ["FromAsync"],
        ["TaskFactory`1"] = ["FromAsync"],
    };

    private static readonly Dictionary<Type, Type> _twins = typeof(Execution).Assembly.GetTypes()
        .Select(type => (type, attribute: type.GetCustomAttribute<TwinOfAttribute>()))
        .Where(pair => pair.attribute is not null).ToDictionary(pair => pair.attribute!.Original, pair => pair.type);

    public static TheoryData<string> Twins => [.. _twins.Keys.Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Calls => [.. typeof(Execution).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<CallsOfAttribute>()?.Original?.AssemblyQualifiedName).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Twins))]
    public void are_those_of_the_real_type(string name)
    {
        Type real = _twins.Keys.Single(type => type.FullName == name), twin = _twins[real];
        HashSet<string> known = [.. Members(twin).SelectMany(Signatures)];
        for (Type? above = twin.BaseType; above is not null; above = above.BaseType) known.UnionWith(Members(above).SelectMany(Signatures));
        string[] missing = [.. Members(real).Where(member => !Refused(real, member) && !Signatures(member).Any(known.Contains))
            .Select(member => Signatures(member).First())];
        Assert.True(missing.Length == 0, $"{name} lacks {string.Join("; ", missing)}");
    }

    [Theory, MemberData(nameof(Twins))]
    public void are_refused_only_where_they_are_missing(string name)
    {
        Type real = _twins.Keys.Single(type => type.FullName == name), twin = _twins[real];
        HashSet<string> known = [.. Members(twin).SelectMany(Signatures)];
        string[] stale = [.. Members(real).Where(member => Refused(real, member) && Signatures(member).Any(known.Contains)).Select(m => Signatures(m).First())];
        Assert.True(stale.Length == 0, $"{name} has {string.Join("; ", stale)}");
    }

    [Theory, MemberData(nameof(Twins))]
    public void keep_the_kind_of_the_real_type(string name)
    {
        Type real = _twins.Keys.Single(type => type.FullName == name), twin = _twins[real];
        Assert.Equal((real.Name, real.IsValueType, real.IsSealed, real.IsAbstract), (twin.Name, twin.IsValueType, twin.IsSealed, twin.IsAbstract));
        string[] lost = [.. real.GetInterfaces().Where(i => i.IsPublic).Select(NameOf).Except(twin.GetInterfaces().Select(NameOf))];
        Assert.True(lost.Length == 0, $"{name} lacks {string.Join(", ", lost)}");
    }

    [Theory, MemberData(nameof(Calls))]
    public void are_redirected_call_by_call_where_the_type_stays(string name)
    {
        Type real = Type.GetType(name)!;
        Type[] classes = [.. typeof(Execution).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CallsOfAttribute>()?.Original == real)];
        HashSet<string> passes = [.. classes.SelectMany(type => type.GetCustomAttribute<PassesAttribute>()?.Members ?? [])];
        if (passes.Contains("*")) return;
        HashSet<string> known = [.. classes.SelectMany(type => type.GetMethods(_declared)).Select(CallSignature)];
        string[] missing = [.. Members(real).OfType<MethodBase>()
            .Where(member => member.IsPublic && !passes.Contains(member.Name) && !Refused(real, member))
            .Select(member => CallOf(real, member)).Where(call => !known.Contains(call))];
        Assert.True(missing.Length == 0, $"{real} lacks {string.Join("; ", missing)}");
    }

    private static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(_declared).Where(member => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && method.Name is not "Finalize" and not ".cctor",
        FieldInfo field => field.IsPublic,
        _ => false,
    });

    private static bool Refused(Type type, MemberInfo member) =>
        _refused.TryGetValue(type.Name, out string[]? names) && (names.Contains(member.Name) || names.Contains(Plain(member)));

    private static string Plain(MemberInfo member) =>
        member is MethodBase method ? $"{method.Name}({string.Join(",", method.GetParameters().Select(p => p.ParameterType.Name))})" : member.Name;

    private static IEnumerable<string> Signatures(MemberInfo member) => member is MethodBase method
        ? [$"{Result(method)} {method.Name}({string.Join(", ", method.GetParameters().Select(p => NameOf(p.ParameterType)))})"]
        : [$"field {member.Name}"];

    private static string CallSignature(MethodInfo method) =>
        $"{NameOf(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().Select(p => NameOf(p.ParameterType)))})";

    private static string CallOf(Type real, MethodBase member)
    {
        IEnumerable<string> parameters = member.GetParameters().Select(p => NameOf(p.ParameterType));
        string self = NameOf(real) + (real.IsValueType ? "&" : "");
        if (member.IsConstructor) return $"{NameOf(real)} New({string.Join(", ", parameters)})";
        return $"{Result(member)} {member.Name}({string.Join(", ", member.IsStatic ? parameters : parameters.Prepend(self))})";
    }

    private static string Result(MethodBase method) => method is MethodInfo info ? NameOf(info.ReturnType) : "";

    // Twins by the name of what they stand for; type parameters without names, for those may differ.
    private static string NameOf(Type type)
    {
        if (type.IsByRef) return NameOf(type.GetElementType()!) + "&";
        if (type.IsArray) return NameOf(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter) return "T";
        Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        string space = _twins.Values.Any(twin => Within(definition, twin)) ? Space(definition) : "twins";
        string name = (definition.FullName ?? definition.Name).Replace("ConcurrencySpecs.Exploration.Twins", space);
        return type.IsGenericType ? $"{name}<{string.Join(",", type.GetGenericArguments().Select(NameOf))}>" : name;
    }

    private static bool Within(Type type, Type twin) => type == twin || (type.DeclaringType is { } outer && Within(outer, twin));

    private static string Space(Type twin)
    {
        while (twin.DeclaringType is { } outer) twin = outer;
        return _twins.Single(pair => pair.Value == twin).Key.Namespace!;
    }
}
