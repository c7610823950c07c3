using System.Text.RegularExpressions;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>Names of segments, and the files that they stand for.</summary>
internal static partial class SegmentNames
{
    private const string Prefix = "concurrencyspecs.";

    /// <summary>The file of a name, which lies in the folder for shared memory and nowhere else.</summary>
    /// <exception cref="ArgumentException">The name could be a path, or is too long for a file.</exception>
    public static string PathOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Allowed().IsMatch(name))
            throw new ArgumentException(
                $"\"{name}\" is no name for shared memory. Use 1 to 200 letters, digits, '.', '-' and '_', and begin with a letter or digit.", nameof(name));
        return Path.Combine(SharedFiles.Folder, Prefix + name);
    }

    /// <summary>The names that exist now.</summary>
    public static IReadOnlyList<string> Existing() =>
        [.. Directory.EnumerateFiles(SharedFiles.Folder, Prefix + "*").Select(path => Path.GetFileName(path)[Prefix.Length..])
            .Where(name => Allowed().IsMatch(name)).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,199}\z")]
    private static partial Regex Allowed();
}
