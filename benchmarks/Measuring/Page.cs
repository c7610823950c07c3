using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>A page of figures as it is committed: what was asked, on what machine, by which command; then the tables.</summary>
internal sealed class Page
{
    private const double QuietShare = 0.02;
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };
    private readonly StringBuilder _text = new();

    /// <param name="question">What the figures answer.</param>
    /// <param name="how">What is measured and how, so that a reader can judge it.</param>
    /// <param name="machine">Where it was measured.</param>
    /// <param name="command">The arguments that measure it again.</param>
    public Page(string question, FormattableString how, Machine machine, string command)
    {
        string warning = !(machine.OtherWork >= QuietShare) ? ""
            : "\n\n**The machine was busy with other work, so that these figures are indicative only.**";
        Add($"# {question}");
        Add($"");
        Add($"{how.ToString(CultureInfo.InvariantCulture)}{warning}");
        Add($"""

            - {machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.OtherWork:P0} used by others during the run, nice {machine.Nice}
            - {machine.Runtime}, {(machine.ServerGarbageCollector ? "server" : "workstation")} garbage collector
            - commit {machine.Commit}
            - `dotnet run -c Release --project benchmarks -- {command}`
            """);
    }

    /// <summary>How a table of targets says whether one was reached.</summary>
    public static string Verdict(bool isReached) => isReached ? "reached" : "**falls short**";

    /// <summary>Adds one line or several; numbers are written alike everywhere.</summary>
    public void Add(FormattableString lines) => _text.Append(lines.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>Writes the page as <paramref name="name"/>.md, and beside it the whole result as JSON for programs.</summary>
    public void Write(string folder, string name, object result)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".md"), ToString());
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(result, _indented) + "\n");
    }

    public override string ToString() => _text.ToString();
}
