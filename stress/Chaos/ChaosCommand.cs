using System.CommandLine;
using System.Globalization;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Stress.Chaos;

/// <summary><c>chaos</c>: kills processes that share memory, locks and what they wait at, and sees whether the others notice.</summary>
internal static class ChaosCommand
{
    private const int DefaultKills = 1_000, Refuted = 2;
    private static readonly TimeSpan _patienceBesidePython = TimeSpan.FromSeconds(1);

    public static Command Build()
    {
        var kills = new Option<int>("--kills")
        {
            Description = $"How many processes to kill; {DefaultKills} unless told otherwise.",
            DefaultValueFactory = _ => DefaultKills,
        };
        kills.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--kills takes a whole number from 1.");
        });
        var seed = new Option<string>("--seed") { Description = "Where all randomness comes from." };
        seed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !TryParse(text, out _)) result.AddError("--seed takes a whole number from 0.");
        });
        var beside = new Option<bool>("--beside-python")
        {
            Description = "Kills one holder of each kind instead, ours and Python's, and shows what becomes of the others.",
        };
        var chaos = new Command("chaos", "Kills processes that share memory, locks and what they wait at, and looks for what is torn or stuck.")
        {
            kills, seed, beside,
        };
        chaos.SetAction((parsed, stop) =>
        {
            if (parsed.GetValue(beside))
                return Task.FromResult(BesidePython.Show(parsed.InvocationConfiguration.Output, _patienceBesidePython) ? 0 : Refuted);
            ulong start = parsed.GetValue(seed) is { } text && TryParse(text, out ulong given) ? given : Seeds.FromEnvironment();
            ChaosReport report = ChaosRun.Run(parsed.GetValue(kills), start, stop);
            parsed.InvocationConfiguration.Output.WriteLine(report);
            return Task.FromResult(report.Passed ? 0 : Refuted);
        });
        return chaos;
    }

    private static bool TryParse(string text, out ulong seed) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}
