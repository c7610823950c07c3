using System.CommandLine;
using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Exploration.Search.Figures;
using ConcurrencySpecs.Stress.Explorer;
using ConcurrencySpecs.Testing.Engines;

namespace ConcurrencySpecs.Stress;

/// <summary><c>bench explorer</c>: the explorer's figures on this machine, one core, beside what is to be reached.</summary>
internal static class BenchCommand
{
    private const int DefaultSeconds = 2;

    public static Command Build()
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = $"How long each figure is measured; {DefaultSeconds} unless told otherwise.",
            DefaultValueFactory = _ => DefaultSeconds,
        };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--seconds takes a whole number from 1.");
        });
        var engine = new Option<string?>("--engine")
        {
            Description = $"Compares the explorer's strategies with this tool's on programs and gallery, as a page in Markdown: {Drivers.Coyote}.",
            HelpName = "NAME",
        };
        var explorer = new Command("explorer", "Schedules per second, nanoseconds per point, milliseconds to the first schedule.") { seconds, engine };
        explorer.SetAction(parsed =>
        {
            if (parsed.GetValue(engine) is { } tool) return Compare(tool, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.InvocationConfiguration);
            string table = ExplorerFigures.Table(ExplorerFigures.Measure(TimeSpan.FromSeconds(parsed.GetValue(seconds)), cold: static () => { }));
            parsed.InvocationConfiguration.Output.Write(table);
            return 0;
        });
        return new Command("bench", "Measures the tools themselves.") { explorer };
    }

    private static int Compare(string tool, TimeSpan each, InvocationConfiguration streams)
    {
        try
        {
            Drivers.Check([tool]);
            Names.Check("tool", [tool], [Drivers.Coyote]);
            Exhibit[] gallery = [.. Gallery.Exhibits.Where(twin => twin.CaughtBy == Engine.Interleavings)];
            streams.Output.Write(new Comparison(each, streams.Error.WriteLine).Run(gallery));
            return 0;
        }
        catch (UsageException wrong)
        {
            streams.Error.WriteLine(wrong.Message);
            return 1;
        }
    }
}
