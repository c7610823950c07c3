using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Recognises what coverage tools put into an assembly, so that measuring coverage changes no schedule.</summary>
/// <remarks>A counter per line would be a scheduling point per line, shared by all threads: the search would count the tool's interleavings.</remarks>
internal static class CoverageTrackers
{
    private static readonly string[] _prefixes =
    [
        "Coverlet.Core.Instrumentation.Tracker", "Microsoft.CodeCoverage.", "Microsoft.VisualStudio.CodeCoverage", "AltCover.Recorder",
    ];

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
}
