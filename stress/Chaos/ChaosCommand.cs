using System.CommandLine;
using System.Globalization;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Stress.Chaos;

/// <summary><c>chaos</c>: kills processes that share memory, locks and what they wait at, and sees whether the others notice.</summary>
internal static class ChaosCommand
{
    private const int DefaultKills = 1_000, Refuted = 2;

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
        var chaos = new Command("chaos", "Kills processes that share memory, locks and what they wait at, and looks for what is torn or stuck.") { kills, seed };
        chaos.SetAction((parsed, stop) =>
        {
            ulong start = parsed.GetValue(seed) is { } text && TryParse(text, out ulong given) ? given : Seeds.FromEnvironment();
            ChaosReport report = ChaosRun.Run(parsed.GetValue(kills), start, stop);
            parsed.InvocationConfiguration.Output.WriteLine(report);
            return Task.FromResult(report.Passed ? 0 : Refuted);
        });
        return chaos;
    }

    private static bool TryParse(string text, out ulong seed) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}
