using System.Globalization;
using System.Reflection;
using System.Text;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Search.Figures;
using ConcurrencySpecs.Stress.Verify;
using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;

namespace ConcurrencySpecs.Stress.Explorer;

/// <summary>The explorer's strategies beside another tool's: schedules a second, and schedules until a fault is found, each from the same seeds.</summary>
/// <param name="each">How long each rate is measured; a fault counts as not found after twice that.</param>
/// <param name="seeds">How many seeds each fault is looked for with.</param>
/// <param name="tell">Told what is being measured.</param>
internal sealed class Comparison(TimeSpan each, int seeds, Action<string> tell)
{
    private const double QuietShare = 0.02;
    private const long MostSchedules = 10_000;

    private readonly ScheduleDriver[] _drivers = [.. DriverFigures.Own, .. Drivers.OfOthers()];
    private readonly TimeSpan _patience = 2 * each;
    private readonly StringBuilder _page = new();

    /// <summary>Measures all of it and gives back the page, in Markdown.</summary>
    public string Run(Exhibit[] gallery)
    {
        var others = new OtherWork();
        Rates();
        Faults();
        Twins(gallery);
        return Heading(others.Share()) + _page;
    }

    private string Heading(double others) => string.Create(CultureInfo.InvariantCulture, $"""
        # Who chooses the schedules?

        {Machine.Here}, commit {Commit}; `{Command}`.

        {Quiet(others)}

        Every strategy drives the same rewritten code and the same twins; under Coyote's every thread of each schedule is a fresh thread of the system
        and every step one of its scheduling points. *DPOR* exhausts program by program, after 100 samples of each.

        """);

    private string Command => string.Create(CultureInfo.InvariantCulture,
        $"dotnet run -c Release --project stress -p:Coyote=true -- bench explorer --engine coyote --seconds {each.TotalSeconds:0} --seeds {seeds}");

    private static string Quiet(double others) => double.IsNaN(others) ? "It is not known whether the machine did other work."
        : string.Create(CultureInfo.InvariantCulture, $"{others:P0} of the machine was used by others during the run") + (others < QuietShare ? "."
            : ": **busy with other work, so that rates and what was not found in time are indicative only.**");

    private void Rates()
    {
        Head("Schedules a second", "program", _drivers.Select(driver => driver.Name));
        foreach (string program in DriverFigures.Rated)
            Row(program, _drivers.Select(driver => Text(DriverFigures.Rate(Told(program, driver.Name), driver, each))));
    }

    private void Faults()
    {
        Head($"Shapes of SCTBench: schedules until the fault is found, {Limits}", "program", _drivers.Select(driver => driver.Name));
        foreach (string program in DriverFigures.Faulty)
            Row(program, _drivers.Select(driver => Median(seed =>
                DriverFigures.ToFind(Told(program, driver.Name), driver, seed, MostSchedules, _patience))));
    }

    private void Twins(Exhibit[] gallery)
    {
        Engine[] engines = [Engine.Interleavings, .. _drivers.Select(driver => Engine.Driven(driver.Name, driver))];
        Head($"The gallery: schedules until the twin is caught, over random programs, {Limits}", "twin",
            ["DPOR", .. engines.Skip(1).Select(engine => engine.Name)]);
        int[] caught = new int[engines.Length];
        foreach (Exhibit twin in gallery)
        {
            string[] medians = [.. engines.Select(engine => Median(seed => ToCatch(Told(twin.Name, engine.Name), twin, engine, seed)))];
            for (int i = 0; i < engines.Length; i++) caught[i] += medians[i] == "—" ? 0 : 1;
            Row(twin.Name, medians);
        }

        Row($"**caught, of {gallery.Length}**", caught.Select(number => $"**{number}**"));
    }

    private long? ToCatch(string _, Exhibit twin, Engine engine, ulong seed)
    {
        EngineReport report = engine.Run(twin.Spec, new(seed) { Budget = _patience, Shrinking = TimeSpan.Zero });
        return report.Passed || (engine != Engine.Interleavings && report.Work > MostSchedules) ? null : report.Work;
    }

    /// <summary>The middle one; what was not found counts as more than anything.</summary>
    private string Median(Func<ulong, long?> measure)
    {
        long[] found = [.. Enumerable.Range(1, seeds).Select(seed => measure((ulong)seed) ?? long.MaxValue).Order()];
        return found[seeds / 2] == long.MaxValue ? "—" : Text(found[seeds / 2]);
    }

    /// <summary>The compiler writes the commit behind the version of the assembly: version+commit.</summary>
    private static string Commit =>
        typeof(Comparison).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit]
        ? commit[..Math.Min(commit.Length, 12)] : "unknown";

    private string Limits => string.Create(CultureInfo.InvariantCulture,
        $"{(seeds == 1 ? "one seed" : $"median of {seeds} seeds")} (— not within {MostSchedules:N0} or {_patience.TotalSeconds:0} s)");

    private string Told(string what, string driver)
    {
        tell($"{what}: {driver}");
        return what;
    }

    private void Head(string title, string first, IEnumerable<string> columns)
    {
        string[] names = [.. columns];
        _page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| {first} | {string.Join(" | ", names)} |\n");
        _page.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(names.Select(_ => "---:|"))}\n");
    }

    private void Row(string name, IEnumerable<string> cells) => _page.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", cells)} |\n");

    private static string Text(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
