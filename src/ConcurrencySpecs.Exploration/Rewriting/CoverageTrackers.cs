using System.Reflection;
using ConcurrencySpecs.Exploration.Hooks;
using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Recognises what coverage tools put into an assembly, so that measuring coverage changes no schedule and still sees what is explored.</summary>
/// <remarks>A counter per line would be a scheduling point per line, shared by all threads: the search would count the tool's interleavings.
/// So a twin counts with the tool's own counter outside, which no schedule knows of.</remarks>
/// <param name="outside">The assembly that is being rewritten, as it is outside; null when it is not loaded.</param>
internal sealed class CoverageTrackers(Assembly? outside)
{
    private static readonly string[] _prefixes =
    [
        "Coverlet.Core.Instrumentation.Tracker", "Microsoft.CodeCoverage.", "Microsoft.VisualStudio.CodeCoverage", "AltCover.Recorder",
    ];

    private readonly Dictionary<string, int> _counters = [];

    public static bool Owns(TypeReference type)
    {
        while (type.DeclaringType is not null) type = type.DeclaringType;
        string name = type.FullName;
        foreach (string prefix in _prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>The number of the counter that a tool's method is: one that lies in the assembly itself, is static and takes a number. Else null.</summary>
    public int? CounterOf(MethodReference method)
    {
        if (_counters.TryGetValue(method.FullName, out int known)) return known;
        MethodInfo? counter = outside?.GetType(method.DeclaringType.FullName)
            ?.GetMethod(method.Name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(int)]);
        if (counter is null || counter.ReturnType != typeof(void)) return null;
        return _counters[method.FullName] = CoverageHits.Add(counter);
    }
}
