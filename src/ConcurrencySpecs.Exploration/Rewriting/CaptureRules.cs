using System.Reflection;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What is done with a captured object.</summary>
internal enum Capture : byte
{
    /// <summary>Copied field by field, anew for every schedule.</summary>
    Copy,

    /// <summary>Passed as it is: it never changes, or is meant to be shared (an output helper, a tally).</summary>
    Share,

    /// <summary>Made anew by its twin type for every schedule.</summary>
    Remake,

    /// <summary>It has an identity that no copy has.</summary>
    Refuse,
}

/// <summary>Decides by type what becomes of a captured object.</summary>
internal static class CaptureRules
{
    private static readonly HashSet<string> _hashed = ["Dictionary`2", "HashSet`1", "ImmutableDictionary`2", "ImmutableHashSet`1", "FrozenDictionary`2", "FrozenSet`1", "OrderedDictionary`2"];

    private static readonly string[] _unchanging = ["System.Reflection", "System.Globalization", "System.Text.RegularExpressions"];

    public static Capture Of(Type type, TwinContext context)
    {
        if (type.IsPrimitive || type == typeof(string) || type == typeof(decimal)) return Capture.Share;
        if (context.Scope.IsTwinned(type.Assembly)) return Capture.Copy;
        Type open = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        if (TwinCatalog.Default.TwinOf(open.FullName!) is { } twin && twin != open) return CopierOf(twin) is null && twin.Name != "Lock" ? Capture.Refuse : Capture.Remake;
        if (type.IsArray) return Capture.Copy;
        if (!IsFramework(type)) return context.Map.Mentions(type) ? Capture.Refuse : Capture.Share;
        if (HasIdentity(type) || (_hashed.Contains(open.Name) && !HashesByValue(type.GetGenericArguments()[0], context))) return Capture.Refuse;
        return IsUnchanging(type) && !context.Map.Mentions(type) ? Capture.Share : Capture.Copy;
    }

    /// <summary>Makes the twin of a captured object of a swapped type.</summary>
    public static Func<object, object> Remake(Type type, string path)
    {
        Type open = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        Type twin = TwinCatalog.Default.TwinOf(open.FullName!)!;
        if (type.IsConstructedGenericType) twin = twin.MakeGenericType(type.GetGenericArguments());
        if (CopierOf(twin) is { } copier) return real => copier.Invoke(null, [real])!;
        return real => ((Lock)real).IsHeldByCurrentThread ? throw Refusal(path, type) : Activator.CreateInstance(twin)!;
    }

    public static ExplorationRefusedException Refusal(string path, Type type)
    {
        string what = path.Length == 0 ? "an object" : path;
        string why = type.Namespace?.StartsWith("System.Threading", StringComparison.Ordinal) == true ? "was made outside the exploration, so its threads and waits are real ones"
            : _hashed.Contains(type.Name) ? "is a hash table whose keys would hash differently inside"
            : "cannot be copied, so one schedule would change it for the next";
        return new ExplorationRefusedException($"The body captures {what} ({NameOf(type)}), which {why}. Make it inside the body.");
    }

    private static MethodInfo? CopierOf(Type twin) => twin.GetMethod("CopyOf", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);

    private static bool IsFramework(Type type) => AssemblyScope.IsFrameworkName(type.Assembly.GetName().Name!);

    // Whatever has a finalizer, a handle or a place in the threading namespaces stands for something outside the heap.
    private static bool HasIdentity(Type type)
    {
        if (type.Namespace is { } name && name.StartsWith("System.Threading", StringComparison.Ordinal) && !(type.IsValueType && type.Name == "CancellationToken")
            && !typeof(Exception).IsAssignableFrom(type)) return true;
        if (type.IsPointer || type == typeof(GCHandle) || typeof(SafeHandle).IsAssignableFrom(type) || type.Name is "Lazy`1" or "ConditionalWeakTable`2") return true;
        return type.GetMethod("Finalize", BindingFlags.Instance | BindingFlags.NonPublic, [])?.DeclaringType != typeof(object);
    }

    private static bool IsUnchanging(Type type) => _unchanging.Any(name => type.Namespace == name) || type.IsValueType && type.Namespace == "System" && !type.IsGenericType
        || typeof(Uri).IsAssignableFrom(type) || type == typeof(Version) || typeof(System.Text.Encoding).IsAssignableFrom(type)
        || typeof(TimeProvider).IsAssignableFrom(type) || typeof(TimeZoneInfo).IsAssignableFrom(type)
        || type.Name.Contains("Comparer", StringComparison.Ordinal) || type.Name is "SafeOrdinalComparer";

    private static bool HashesByValue(Type key, TwinContext context) => !context.Map.Mentions(key) && (key.IsValueType || key == typeof(string));

    // The framework's hidden subclasses are named by what a reader knows: Task.CompletedTask is a Task.
    private static string NameOf(Type type)
    {
        if (type.BaseType is { } known && IsFramework(type) && (IsHidden(type) || (type.IsConstructedGenericType && type.GetGenericArguments().Any(IsHidden)))) return NameOf(known);
        return type.IsGenericType ? $"{SourceNames.WithoutArity(type.Name)}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;
    }

    private static bool IsHidden(Type type) => IsFramework(type) && !type.IsPublic && !type.IsNestedPublic;
}
