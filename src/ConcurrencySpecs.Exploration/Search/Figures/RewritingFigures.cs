using System.Diagnostics;
using System.Reflection;
using ConcurrencySpecs.Exploration.Rewriting;

namespace ConcurrencySpecs.Exploration.Search.Figures;

/// <summary>What the first exploration of a process costs, and rewriting in it and later. To be measured before anything else is explored.</summary>
/// <remarks>Of the program, the body's own assembly is rewritten: about as much as a fact and what it tests.</remarks>
internal static class RewritingFigures
{
    private const int Rounds = 5;
    private const double Kilobytes100 = 102_400;

    private const string ColdName = "first schedule of a process", FirstName = "rewriting 100 KB, first", WarmName = "rewriting 100 KB, warm";

    public static IEnumerable<ExplorerFigures.Figure> Measure(Action body, string only)
    {
        string[] wanted = [.. new[] { ColdName, FirstName, WarmName }.Where(name => name.Contains(only, StringComparison.OrdinalIgnoreCase))];
        return wanted.Length == 0 ? [] : Measure(body).Where(figure => wanted.Contains(figure.Program));
    }

    private static IEnumerable<ExplorerFigures.Figure> Measure(Action body)
    {
        Assembly assembly = body.Method.Module.Assembly;
        (long bytes, TimeSpan time) = ImageCache.Spent;
        var watch = Stopwatch.StartNew();
        Explore.Every(body, ExplorationOptions.Default.LeaveOut([.. assembly.GetReferencedAssemblies().Select(name => name.Name!)]));
        double cold = watch.Elapsed.TotalMilliseconds;
        (long then, TimeSpan all) = ImageCache.Spent;
        double first = (all - time).TotalMilliseconds / ((then - bytes) / Kilobytes100);

        var scope = new AssemblyScope(assembly, [], []);
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            watch.Restart();
            ImageCache.Make(assembly, scope, []);
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds / (new FileInfo(assembly.Location).Length / Kilobytes100));
        }

        string size = $"of {(then - bytes) / 1024:N0} KB";
        yield return new(ColdName, size, cold, "ms", 700);
        yield return new(FirstName, size, first, "ms", 400);
        yield return new(WarmName, $"best of {Rounds}", best, "ms", 60);
    }
}
