using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Objects of the framework that look at others each time they are asked: enumerators, queries, read-only wrappers, writers on a stream.</summary>
/// <remarks>A step on one of them is a step on what it looks at as well, or a list could change under an enumerator that was made before.</remarks>
internal static class Views
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const int MostElements = 64;        // of a larger array a step would take longer than the schedule

    private static readonly HashSet<string> _names =
        ["KeyCollection", "ValueCollection", "LinkedListNode`1", "TreeSubSet", "BinaryReader", "BinaryWriter", "StreamReader", "StreamWriter"];

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> _links = new();

    /// <summary>The fields that lead to what an object of this type looks at; none if it is no view.</summary>
    public static FieldInfo[] LinksOf(Type type) => _links.GetOrAdd(type, static type => IsView(type) ? [.. Find(type)] : []);

    /// <summary>Whether its own changes, such as moving on, leave what it looks at as it is.</summary>
    public static bool OnlyReads(Type view) => typeof(IEnumerator).IsAssignableFrom(view) || view.Namespace == "System.Linq";

    /// <summary>Whether what a field leads to can change.</summary>
    public static bool MayChange(object seen) => seen is Array { Rank: 1, Length: <= MostElements } or IEnumerator or Stream or TextReader or TextWriter
        || seen is IEnumerable and not (string or Array);

    private static bool IsView(Type type) => typeof(IEnumerator).IsAssignableFrom(type)
        || type.Namespace is "System.Linq" or "System.Collections.ObjectModel" || _names.Contains(type.Name);

    // Neither elements, whose types are parameters, nor neighbours of the view's own type belong to what it looks at.
    private static IEnumerable<FieldInfo> Find(Type type)
    {
        for (Type? declaring = type; declaring is not null && AssemblyScope.IsFrameworkName(declaring.Assembly.GetName().Name!); declaring = declaring.BaseType)
        {
            Type definition = declaring.IsConstructedGenericType ? declaring.GetGenericTypeDefinition() : declaring;
            FieldInfo[] open = definition.GetFields(Fields);
            foreach (FieldInfo field in declaring.GetFields(Fields))
            {
                Type of = field.FieldType;
                if (open.First(o => o.MetadataToken == field.MetadataToken).FieldType.IsGenericParameter || of == declaring) continue;
                if (of.IsValueType ? IsView(of) : !typeof(Delegate).IsAssignableFrom(of) && of != typeof(string)) yield return field;
            }
        }
    }
}
