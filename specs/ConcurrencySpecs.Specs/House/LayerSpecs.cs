using System.Reflection;
using System.Text.RegularExpressions;

public sealed partial class The_house
{
    /// <summary>Lowest first; a package may use those above its line in this list, and nothing else of ours.</summary>
    private static readonly Dictionary<string, string[]> _mayUse = new()
    {
        ["ConcurrencySpecs"] = [],
        ["ConcurrencySpecs.Linearizability"] = [],
        ["ConcurrencySpecs.Exploration"] = [],
        ["ConcurrencySpecs.Testing"] = ["ConcurrencySpecs.Linearizability", "ConcurrencySpecs.Exploration"],
        ["ConcurrencySpecs.Testing.Xunit"] = ["ConcurrencySpecs.Testing", "ConcurrencySpecs.Linearizability", "ConcurrencySpecs.Exploration"],
    };

    /// <summary>What each package may use of others'; the framework is free.</summary>
    private static readonly Dictionary<string, string[]> _foreign = new()
    {
        ["ConcurrencySpecs"] = ["Mono.Posix.NETStandard"],
        ["ConcurrencySpecs.Linearizability"] = [],
        ["ConcurrencySpecs.Exploration"] = ["Mono.Cecil", "Mono.Cecil.Rocks"],
        ["ConcurrencySpecs.Testing"] = ["FsCheck", "FSharp.Core"],
        ["ConcurrencySpecs.Testing.Xunit"] = ["xunit.v3.core", "xunit.v3.common"],
    };

    /// <summary>The floors of src/ConcurrencySpecs, lowest first: a folder imports from lower floors only.</summary>
    private static readonly string[][] _floors =
    [
        ["Layout", "Native", "Waiting"],
        ["SharedMemory"],
        ["Locks", "Queues", "Pipes", "Signals"],
        ["Processes"],
        ["Timeouts"],
        ["Pools"],
    ];

    public static TheoryData<string> Packages => [.. House.Packages.Select(assembly => assembly.GetName().Name!)];

    public static TheoryData<string> Folders => [.. Directory.GetDirectories(Source("ConcurrencySpecs"))
        .Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Packages))]
    public void imports_packages_downward_only(string package)
    {
        Assembly assembly = House.Packages.Single(one => one.GetName().Name == package);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] allowed = [.. _mayUse[package], .. _foreign[package]];
        string[] used = [.. assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !File.Exists(Path.Combine(framework, name + ".dll")))];
        Assert.Empty(used.Except(allowed));
    }

    [Theory, MemberData(nameof(Folders))]
    public void imports_folders_downward_only(string folder)
    {
        int floor = Array.FindIndex(_floors, names => names.Contains(folder));
        Assert.True(floor >= 0, $"src/ConcurrencySpecs/{folder} stands on no floor: give it a place in {nameof(_floors)}.");
        string[] lower = [.. _floors[..floor].SelectMany(names => names)];
        string[] wrong = [.. Directory.EnumerateFiles(Path.Combine(Source("ConcurrencySpecs"), folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Imports().Matches(File.ReadAllText(file)).Select(import => (File: Path.GetFileName(file), Folder: import.Groups[1].Value)))
            .Where(import => import.Folder != folder && !lower.Contains(import.Folder))
            .Select(import => $"{folder}/{import.File} uses {import.Folder}")];
        Assert.Empty(wrong);
    }

    private static string Source(string package) => Path.Combine(House.Root, "src", package);

    [GeneratedRegex(@"\bConcurrencySpecs\.(Layout|Native|Waiting|Locks|Queues|SharedMemory|Pipes|Signals|Processes|Timeouts|Pools)\b(?<!namespace ConcurrencySpecs\.\1)")]
    private static partial Regex Imports();
}
