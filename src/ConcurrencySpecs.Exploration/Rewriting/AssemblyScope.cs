using System.Reflection;
using System.Runtime.Loader;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Which assemblies of a program are rewritten: the root's and all that it references, save those that are shared.</summary>
/// <remarks>
/// Shared are the framework (less those parts of it that are explored as they are), the test infrastructure and the explorer itself: they know
/// nothing of the code under test, so their types may
/// be the same inside and outside. An assembly that is left out by option must not reference a rewritten one, or a type would exist twice.
/// </remarks>
internal sealed class AssemblyScope
{
    private static readonly string[] _infrastructure =
    [
        "xunit", "xunit.", "FsCheck", "FsCheck.", "FSharp.Core", "Mono.Cecil", "Mono.Cecil.", "Microsoft.Testing.",
            "Microsoft.VisualStudio.", "Microsoft.TestPlatform.",
        "Microsoft.CodeCoverage", "Microsoft.CodeCoverage.", "coverlet.", "BenchmarkDotNet", "BenchmarkDotNet.", "JetBrains.",
        "ConcurrencySpecs.Exploration", "ConcurrencySpecs.Linearizability", "ConcurrencySpecs.Testing", "ConcurrencySpecs.Testing.Xunit",
        "ConcurrencySpecs.Lessons",
    ];

    // Parts of the framework that wait and start threads by means that all have twins: explored as they are, not by twins of their own.
    private static readonly HashSet<string> _explored =
        ["System.Threading.Channels", "System.Collections.Concurrent", "System.Threading.Tasks.Parallel", "System.Linq.AsyncEnumerable"];

    private static readonly HashSet<string> _microsoftKeys =
        ["B03F5F7F11D50A3A", "7CEC85D7BEA7798E", "CC7B13FFCD2DDD51", "B77A5C561934E089", "31BF3856AD364E35", "ADB9793829DDAE60"];

    // …/shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll; empty for a program that brings its framework along
    private static readonly string _sharedRoot = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))) ?? "";

    private readonly Dictionary<string, Assembly> _twinned = [];
    private readonly HashSet<string> _leftOut;
    private readonly HashSet<string> _added;

    public AssemblyScope(Assembly root, IEnumerable<string> add, IEnumerable<string> leaveOut)
    {
        (_added, _leftOut) = ([.. add], [.. leaveOut]);
        LoadContext = AssemblyLoadContext.GetLoadContext(root) ?? AssemblyLoadContext.Default;
        if (IsShared(root)) throw new ExplorationRefusedException(
            $"The body lives in {NameOf(root)}, which is shared (framework, test infrastructure or explorer) and never rewritten. "
            + "Write the body in an assembly of your own.");
        var left = new List<Assembly>();
        var open = new Stack<Assembly>([root]);
        while (open.TryPop(out Assembly? assembly))
        {
            if (!_twinned.TryAdd(NameOf(assembly), assembly)) continue;
            RequireFile(assembly);
            foreach (AssemblyName name in assembly.GetReferencedAssemblies())
            {
                if (Load(name) is not { } referenced) continue;
                if (!IsShared(referenced)) open.Push(referenced);
                else if (_leftOut.Contains(NameOf(referenced))) left.Add(referenced);
            }
        }

        foreach (Assembly assembly in left) RequireNoWayBack(assembly);
        Key = string.Join(',', _twinned.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Where the root was loaded; shared assemblies are taken from there.</summary>
    public AssemblyLoadContext LoadContext { get; }

    /// <summary>The names of all rewritten assemblies, as one string.</summary>
    public string Key { get; }

    public IEnumerable<Assembly> Twinned => _twinned.Values;

    /// <summary>The file of a rewritten assembly, or null for a shared one.</summary>
    public string? FileOf(string name) => _twinned.GetValueOrDefault(name)?.Location;

    /// <summary>The rewritten assembly as it is outside, or null for a shared one.</summary>
    public Assembly? Original(string name) => _twinned.GetValueOrDefault(name);

    /// <summary>Whether the assembly is a part of the framework that is explored as it is.</summary>
    public static bool IsExplored(string name) => _explored.Contains(name);

    public bool IsTwinned(Assembly assembly) => _twinned.TryGetValue(NameOf(assembly), out Assembly? twinned) && twinned == assembly;

    public static bool IsFrameworkName(string name) => name is "mscorlib" or "netstandard" or "WindowsBase"
        || name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private bool IsShared(Assembly assembly)
    {
        string name = NameOf(assembly);
        if (_leftOut.Contains(name)) return true;
        return !_added.Contains(name) && !_explored.Contains(name) && (IsInfrastructure(name) || IsFramework(assembly, name));
    }

    private static bool IsInfrastructure(string name) => _infrastructure.Any(i => i.EndsWith('.') ? name.StartsWith(i, StringComparison.Ordinal) : name == i);

    private static bool IsFramework(Assembly assembly, string name)
    {
        if (!IsFrameworkName(name)) return false;
        if (_sharedRoot.Length > 0 && assembly.Location.StartsWith(_sharedRoot, StringComparison.Ordinal)) return true;
        return assembly.GetName().GetPublicKeyToken() is { Length: > 0 } token && _microsoftKeys.Contains(Convert.ToHexString(token));
    }

    private Assembly? Load(AssemblyName name)
    {
        try
        {
            return LoadContext.LoadFromAssemblyName(name);
        }
        catch (IOException)
        {
            return null;        // referenced but not deployed: code that needs it fails inside as it would outside
        }
    }

    private static void RequireFile(Assembly assembly)
    {
        if (assembly.IsDynamic || assembly.Location.Length == 0) throw new ExplorationRefusedException(
            $"{NameOf(assembly)} has no file (dynamic, loaded from bytes, published as a single file or ahead of time), "
            + "so there is no IL to rewrite. Run from a normal build output.");
    }

    private void RequireNoWayBack(Assembly left)
    {
        foreach (AssemblyName name in left.GetReferencedAssemblies())
        {
            if (_twinned.ContainsKey(name.Name!) && !_explored.Contains(name.Name!)) throw new ExplorationRefusedException(
                $"{NameOf(left)} is left out of rewriting but references {name.Name}, "
                + "which is rewritten: its types would exist twice. Leave out both or neither.");
        }
    }

    private static string NameOf(Assembly assembly) => assembly.GetName().Name!;
}
