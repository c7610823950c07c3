using System.CommandLine;
using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Exploration.Search.Figures;
using ConcurrencySpecs.Stress.Explorer;
using ConcurrencySpecs.Testing.Engines;

namespace ConcurrencySpecs.Stress;

/// <summary><c>bench explorer</c>: the explorer's figures on this machine, one core, beside what is to be reached.</summary>
internal static class BenchCommand
{
    private const int DefaultSeconds = 2, SecondsOfComparison = 1;

    public static Command Build()
    {
        Option<int?> seconds = Number(
            "--seconds", $"How long each figure is measured; {DefaultSeconds} unless told otherwise, {SecondsOfComparison} with --engine.");
        Option<int?> seeds = Number("--seeds", "With --engine: how many seeds each fault is looked for with; 1 unless told otherwise.");
        var only = new Option<string?>("--only") { Description = "Measures the figures alone whose names contain this.", HelpName = "TEXT" };
        var engine = new Option<string?>("--engine")
        {
            Description = $"Compares the explorer's strategies with this tool's on programs and gallery, as a page in Markdown: {Drivers.Coyote}.",
            HelpName = "NAME",
        };
        var explorer = new Command("explorer", "Schedules per second, nanoseconds per point, milliseconds to the first schedule.")
        {
            seconds, only, engine, seeds,
        };
        explorer.SetAction(parsed =>
        {
            string? tool = parsed.GetValue(engine);
            TimeSpan each = TimeSpan.FromSeconds(parsed.GetValue(seconds) ?? (tool is null ? DefaultSeconds : SecondsOfComparison));
            if (tool is not null) return Compare(tool, each, parsed.GetValue(seeds) ?? 1, parsed.InvocationConfiguration);
            string table = ExplorerFigures.Table(ExplorerFigures.Measure(each, parsed.GetValue(only) ?? "", cold: static () => { }));
            parsed.InvocationConfiguration.Output.Write(table);
            return 0;
        });
        return new Command("bench", "Measures the tools themselves.") { explorer };
    }

    private static Option<int?> Number(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1) result.AddError($"{name} takes a whole number from 1.");
        });
        return option;
    }

    private static int Compare(string tool, TimeSpan each, int seeds, InvocationConfiguration streams)
    {
        try
        {
            Drivers.Check([tool]);
            Names.Check("tool", [tool], [Drivers.Coyote]);
            Exhibit[] gallery = [.. Gallery.Exhibits.Where(twin => twin.CaughtBy == Engine.Interleavings)];
            streams.Output.Write(new Comparison(each, seeds, streams.Error.WriteLine).Run(gallery));
            return 0;
        }
        catch (UsageException wrong)
        {
            streams.Error.WriteLine(wrong.Message);
            return 1;
        }
    }
}
