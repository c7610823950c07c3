using ConcurrencySpecs.Testing.Reports;

namespace ConcurrencySpecs.Testing.Xunit;

/// <summary>The command that runs one fact again with the settings of its failure.</summary>
internal static class ReplayCommand
{
    public static string For(EngineReport report, Type facts, string fact) =>
        $"{report.ReplaySettings} dotnet test{Project()} --filter-method \"{facts.FullName}.{fact}\"";

    /// <summary>The project that built the running tests, as seen from the folder of its solution; nothing when it was moved away from its sources.</summary>
    private static string Project()
    {
        if (Above(AppContext.BaseDirectory, "*.csproj") is not { } project) return "";
        string from = Above(project, "*.sln*") ?? Environment.CurrentDirectory;
        string release = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? " -c Release" : "";
        return $" --project {Path.GetRelativePath(from, project)}{release}";
    }

    private static string? Above(string folder, string pattern)
    {
        for (DirectoryInfo? here = new(folder); here is not null; here = here.Parent)
            if (here.EnumerateFiles(pattern).Any()) return here.FullName;
        return null;
    }
}
