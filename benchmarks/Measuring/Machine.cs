using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>Where and on what a figure was measured; a figure without it means nothing.</summary>
internal sealed record Machine(
    string Processor, int Cores, string System, string Runtime, bool ServerGarbageCollector, string Commit, double OtherWork, int Nice)
{
    /// <summary>This machine now; <paramref name="otherWork"/> is the share that others used of it during the measurement, NaN if unknown.</summary>
    public static Machine Read(double otherWork = double.NaN) => new(
        Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        GCSettings.IsServerGC,
        Revision(),
        otherWork,
        Niceness());

    // The compiler writes the commit behind the version of the assembly: version+commit.
    private static string Revision() =>
        typeof(Queues.HandOff).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+').ElementAtOrDefault(1)
        ?? "unknown";

    private static string? Field(string file, string name) => !File.Exists(file) ? null : File.ReadLines(file)
        .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();

    // The nineteenth field of stat; the second is the program's name, which may hold blanks and ends with a bracket.
    private static int Niceness() => !File.Exists("/proc/self/stat") ? 0
        : int.Parse(File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[16], CultureInfo.InvariantCulture);
}
