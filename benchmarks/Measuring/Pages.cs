using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>BenchmarkDotNet's report of a class as the page that is committed, and as JSON for programs.</summary>
internal static class Pages
{
    public static void Write(Summary summary, string folder)
    {
        Directory.CreateDirectory(folder);
        var machine = Machine.Read();
        string name = summary.BenchmarksCases[0].Descriptor.Type.Name;
        string table = File.ReadAllText(MarkdownExporter.GitHub.ExportToFiles(summary, NullLogger.Instance).Single());
        string page = $"""
            # {name}

            Commit {machine.Commit}, {machine.Cores} cores, nice {machine.Nice}.
            `dotnet run -c Release --project benchmarks -- --filter '*{name}*' --publish`

            {table.TrimEnd()}

            """;
        File.WriteAllText(Path.Combine(folder, name + ".md"), page);
        File.Copy(JsonExporter.FullCompressed.ExportToFiles(summary, NullLogger.Instance).Single(), Path.Combine(folder, name + ".json"), overwrite: true);
    }
}
