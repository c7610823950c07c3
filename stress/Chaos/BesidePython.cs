using System.Diagnostics;
using System.Globalization;

namespace ConcurrencySpecs.Stress.Chaos;

/// <summary>The same killed holder, ours beside Python's, where there is a python3.</summary>
internal static class BesidePython
{
    private const string Script = "beside.py";

    /// <summary>The first python3 in PATH; null where there is none.</summary>
    public static string? Interpreter => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);

    /// <summary>A line for each scenario.</summary>
    /// <returns>Whether all of ours went on.</returns>
    public static bool Show(TextWriter output, TimeSpan patience)
    {
        IReadOnlyList<Aftermath> ours = Aftermath.OfOurs(patience);
        IReadOnlyList<Aftermath> theirs = Interpreter is { } python ? OfPython(python, patience) : [];
        output.WriteLine("A process is killed while it has what others want; the others:");
        foreach (string name in ours.Concat(theirs).Select(one => one.Name).Distinct(StringComparer.Ordinal))
            output.WriteLine($"{name,-12}   ours {In(ours, name),-26}   Python {In(theirs, name)}");
        if (Interpreter is null) output.WriteLine("Left out: Python (no python3 in PATH).");
        return ours.All(one => one.WentOn);

        static string In(IReadOnlyList<Aftermath> all, string name) => all.FirstOrDefault(one => one.Name == name)?.ToString() ?? "–";
    }

    public static IReadOnlyList<Aftermath> OfPython(string python, TimeSpan patience)
    {
        string seconds = patience.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        using Process process = Process.Start(new ProcessStartInfo(python, ["-", seconds]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using (Stream script = typeof(BesidePython).Assembly.GetManifestResourceStream(Script)!) script.CopyTo(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)]
            : throw new InvalidOperationException($"{python} ended with exit code {process.ExitCode}; what it said on standard error is above.");
    }

    private static Aftermath Read(string line) => line.Split('|') is [var name, var outcome, var seconds]
        ? new(name, outcome == "went on", TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)))
        : throw new InvalidDataException($"\"{line}\" was said by {Script}; name|outcome|seconds was expected.");
}
