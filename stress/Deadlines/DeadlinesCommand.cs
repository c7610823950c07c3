using System.CommandLine;
using System.Globalization;
using ConcurrencySpecs.Contracts.Timeouts;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Stress.Deadlines;

/// <summary><c>deadlines</c>: races between work and its deadline, and every blocking call in a storm of signals, in processes of their own.</summary>
internal static class DeadlinesCommand
{
    private const int DefaultRaces = 100_000, Refuted = 2;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    public static Command Build()
    {
        var races = new Option<int>("--races")
        {
            Description = $"How many races; {DefaultRaces} unless told otherwise.",
            DefaultValueFactory = _ => DefaultRaces,
        };
        races.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--races takes a whole number from 1.");
        });
        var seed = new Option<string>("--seed") { Description = $"Where all randomness comes from; without it {Seeds.Variable}, else a fresh one." };
        seed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !TryParse(text, out _)) result.AddError("--seed takes a whole number from 0.");
        });
        var deadlines = new Command("deadlines", "Races around deadlines, and every blocking call while its thread is interrupted.") { races, seed };
        deadlines.SetAction(parsed =>
        {
            ulong start = parsed.GetValue(seed) is { } text && TryParse(text, out ulong given) ? given : Seeds.FromEnvironment();
            return Run(parsed.GetValue(races), start, parsed.InvocationConfiguration.Output);
        });
        return deadlines;
    }

    private static int Run(int races, ulong seed, TextWriter output)
    {
        RaceTally tally = new DeadlineRaces(races, seed).RunInChildren();
        output.WriteLine($"{tally}, seed {seed}");
        bool passed = tally.Passed;
        foreach (string call in InterruptionStorm.Calls)
        {
            string wrong = InterruptionStorm.WeatherInChild(_patience, call);
            output.WriteLine($"{(wrong.Length == 0 ? $"{call} keeps its limit" : wrong)}, in a storm of EINTR");
            passed &= wrong.Length == 0;
        }

        return passed ? 0 : Refuted;
    }

    private static bool TryParse(string text, out ulong seed) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}
