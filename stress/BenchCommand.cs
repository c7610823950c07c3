using System.CommandLine;
using ConcurrencySpecs.Exploration.Search.Figures;

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
        var explorer = new Command("explorer", "Schedules per second and nanoseconds per point.") { seconds };
        explorer.SetAction(parsed =>
        {
            string table = ExplorerFigures.Table(ExplorerFigures.Measure(TimeSpan.FromSeconds(parsed.GetValue(seconds))));
            parsed.InvocationConfiguration.Output.Write(table);
            return 0;
        });
        return new Command("bench", "Measures the tools themselves.") { explorer };
    }
}
