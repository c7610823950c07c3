using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

/// <summary>The rule that every primitive opens with the same five promises, read from the assembly's documentation file.</summary>
internal static class Promises
{
    /// <summary>What each promise line starts with, in this order.</summary>
    public static readonly string[] Openings = ["Progress — ", "Ordering — ", "Cost — ", "Failure — ", "Source — "];

    // Ground floor: what these hold is described by the primitives built on it.
    private static readonly string[] _withoutPrimitives = ["ConcurrencySpecs.Layout", "ConcurrencySpecs.Native"];

    /// <summary>The public types that make a promise: not interfaces, enums, exceptions, delegates, attributes, records, options or static helpers.</summary>
    public static IEnumerable<Type> PrimitivesOf(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => type.Namespace is { } home && !_withoutPrimitives.Contains(home))
        .Where(type => !type.Name.StartsWith('<'))      // what the compiler keeps beside extension members
        .Where(type => (type.IsClass || type.IsValueType) && !type.IsEnum && !(type.IsAbstract && type.IsSealed))
        .Where(type => !type.IsSubclassOf(typeof(Exception)) && !type.IsSubclassOf(typeof(Delegate)) && !type.IsSubclassOf(typeof(Attribute)))
        .Where(type => !IsRecord(type) && !type.Name.EndsWith("Options", StringComparison.Ordinal))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>What is wrong with a type's remarks, or nothing.</summary>
    public static string? Objection(Type type, XDocument documentation)
    {
        string[] lines = LinesOf(type, documentation);
        for (int i = 0; i < Openings.Length; i++)
        {
            if (i >= lines.Length || !lines[i].StartsWith(Openings[i], StringComparison.Ordinal))
                return $"{type.FullName}: paragraph {i + 1} of its remarks should open with \"{Openings[i]}\" and is " +
                    (i < lines.Length ? $"\"{lines[i]}\"." : "missing.") + " State the promise there, or make the type internal.";

            if (lines[i].Length == Openings[i].Length) return $"{type.FullName}: the promise \"{Openings[i]}\" is empty.";
        }

        return null;
    }

    public static XDocument DocumentationOf(Assembly assembly) => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));

    private static string[] LinesOf(Type type, XDocument documentation) =>
        [.. documentation.Descendants("member").Where(member => member.Attribute("name")?.Value == "T:" + type.FullName!.Replace('+', '.'))
            .Elements("remarks").Elements("para").Select(paragraph => paragraph.Value.Trim())];

    // The compiler gives every record a PrintMembers method and nothing else marks them.
    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;
}
