using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Testing.Engines;
#if COYOTE
using ConcurrencySpecs.Exploration.Coyote;
#endif

namespace ConcurrencySpecs.Stress.Explorer;

/// <summary>Other tools' schedulers that this build has: Coyote's, when it was built with <c>-p:Coyote=true</c>.</summary>
internal static class Drivers
{
    /// <summary>The name that the command line takes for all of Coyote's strategies by turns.</summary>
    public const string Coyote = "Coyote";

#if COYOTE
    public static IReadOnlyList<ScheduleDriver> OfOthers() => CoyoteDriver.All();
#else
    public static IReadOnlyList<ScheduleDriver> OfOthers() => [];
#endif

    /// <summary>Engines that are run only when they are named: one for all strategies of a tool, and one for each.</summary>
    public static IReadOnlyList<Engine> Engines { get; } = OfOthers() is { Count: > 0 } drivers
        ? [Engine.Driven(Coyote, [.. drivers]), .. drivers.Select(driver => Engine.Driven(driver.Name, driver))] : [];

    /// <summary>The twins that such an engine is to catch: those that every interleaving shows.</summary>
    public static IEnumerable<Exhibit> TwinsFor(Engine engine, IEnumerable<Exhibit> exhibits) =>
        exhibits.Where(exhibit => exhibit.CaughtBy == Engine.Interleavings).Select(exhibit => exhibit with { CaughtBy = engine });

    /// <exception cref="UsageException">Coyote is named, and this build has none.</exception>
    public static void Check(IEnumerable<string> engines)
    {
        if (Engines.Count == 0 && engines.Any(name => name.StartsWith(Coyote, StringComparison.OrdinalIgnoreCase))) throw new UsageException(
            "This build has no Coyote. Build it with: dotnet run -c Release --project stress -p:Coyote=true -- … (needs a feed that has Microsoft.Coyote).");
    }
}
