using System.Reflection;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Twins;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Which framework types have twins, read once from the attributes of this assembly: there is no second list.</summary>
internal sealed class TwinCatalog
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, Type> _types = [];
    private readonly Dictionary<string, List<(Type Class, PassesAttribute? Passes)>> _calls = [];
    private readonly Dictionary<Type, Dictionary<string, MethodBase>> _members = [];

    public static TwinCatalog Default { get; } = new(typeof(TwinCatalog).Assembly);

    public TwinCatalog(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes())
        {
            if (type.GetCustomAttribute<TwinOfAttribute>() is { } twin)
            {
                if (type.Name != twin.Original.Name)
                    throw new InvalidOperationException($"{type} stands for {twin.Original}: it must have the same name, "
                        + "because only namespace and assembly change.");
                _types.Add(twin.Original.FullName!, type);
            }

            foreach (CallsOfAttribute calls in type.GetCustomAttributes<CallsOfAttribute>())
            {
                if (!_calls.TryGetValue(calls.FullName, out var classes)) _calls[calls.FullName] = classes = [];
                classes.Add((type, type.GetCustomAttribute<PassesAttribute>()));
            }
        }
    }

    /// <summary>The twin of a top-level framework type, or null.</summary>
    public Type? TwinOf(string fullName) => _types.GetValueOrDefault(fullName);

    /// <summary>The framework types that have twins.</summary>
    public IEnumerable<string> TwinnedTypes => _types.Keys;

    /// <summary>Whether calls of this type's members (Cecil's spelling) are redirected one by one.</summary>
    public bool HasCallsOf(string fullName) => _calls.ContainsKey(fullName);

    /// <summary>The static method that stands for a member, or null; <paramref name="passes"/> if the member is harmless as it is.</summary>
    public MethodInfo? CallOf(string fullName, string member, string signature, out bool passes)
    {
        passes = false;
        foreach ((Type type, PassesAttribute? harmless) in _calls[fullName])
        {
            if (MembersOf(type).TryGetValue(signature, out MethodBase? method)) return (MethodInfo)method;
            passes |= harmless is not null && (harmless.Members.Contains(member) || harmless.Members.Contains("*"));
        }

        return null;
    }

    /// <summary>Whether a twin type has the member that the code calls on the real one.</summary>
    public bool HasMember(Type twin, string signature)
    {
        for (Type? type = twin; type is not null; type = type.BaseType)
        {
            if (MembersOf(type).ContainsKey(signature)) return true;
        }

        return false;
    }

    private Dictionary<string, MethodBase> MembersOf(Type type)
    {
        lock (_members)
        {
            if (_members.TryGetValue(type, out var members)) return members;
            members = [];
            CallsOfAttribute? calls = type.GetCustomAttribute<CallsOfAttribute>();
            int lead = calls is { Original.IsGenericTypeDefinition: true } && !type.IsGenericTypeDefinition ? calls.Original.GetGenericArguments().Length : 0;
            foreach (MethodInfo method in type.GetMethods(Everything))
            {
                string plain = Signature.Of(method);
                members[plain] = method;
                if (calls is null || (method.IsGenericMethod ? method.GetGenericArguments().Length : 0) < lead) continue;
                members[Signature.Of(method, lead: lead)] = method;
                if (method.Name == "New") members["new " + Signature.Of(method, ".ctor", lead: lead)] = method;
                else if (method.GetParameters().Length > 0) members[Signature.Of(method, skip: 1, lead: lead)] = method;
            }

            foreach (ConstructorInfo constructor in type.GetConstructors(Everything)) members[Signature.Of(constructor)] = constructor;
            return _members[type] = members;
        }
    }

    /// <summary>The hook of that name; throws at the first rewriting if hooks and rewriter disagree.</summary>
    public static MethodInfo Hook(Type type, string name) => type.GetMethod(name, Everything)
        ?? throw new MissingMethodException(type.FullName, name);

    public static MethodInfo Memory(string name) => Hook(typeof(Memory), name);
}
