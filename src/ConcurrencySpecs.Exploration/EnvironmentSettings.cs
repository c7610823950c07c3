using System.Globalization;

namespace ConcurrencySpecs.Exploration;

/// <summary>What the environment of a run overrides, so that a failure can be seen again and a nightly run can spend more.</summary>
/// <remarks>CONCURRENCYSPECS_SCHEDULE runs one schedule; CONCURRENCYSPECS_SEED sets the seed; CONCURRENCYSPECS_BUDGET is a number of schedules
/// (<c>50000</c>) or a time (<c>30s</c>, <c>5m</c>).</remarks>
internal static class EnvironmentSettings
{
    public const string ScheduleVariable = "CONCURRENCYSPECS_SCHEDULE";
    public const string SeedVariable = "CONCURRENCYSPECS_SEED";
    public const string BudgetVariable = "CONCURRENCYSPECS_BUDGET";

    public static string? Schedule => Read(ScheduleVariable);

    public static ExplorationOptions Apply(ExplorationOptions options)
    {
        if (Read(SeedVariable) is { } seed) options = WithSeed(options, seed);
        return Read(BudgetVariable) is { } budget ? WithBudget(options, budget) : options;
    }

    /// <summary>The options with a seed as the engines print it.</summary>
    /// <exception cref="ExplorationRefusedException">The text is no number of 64 bits.</exception>
    public static ExplorationOptions WithSeed(ExplorationOptions options, string seed) =>
        options with { Seed = Number(SeedVariable, seed, ulong.MaxValue) };

    /// <summary>The options with a budget as the environment writes it.</summary>
    /// <exception cref="ExplorationRefusedException">The text is neither a number nor a time.</exception>
    public static ExplorationOptions WithBudget(ExplorationOptions options, string budget)
    {
        int unit = budget[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        if (unit == 0) return options with { Schedules = (long)Number(BudgetVariable, budget, long.MaxValue), Time = TimeSpan.Zero };
        return options with { Schedules = 0, Time = TimeSpan.FromSeconds((long)Number(BudgetVariable, budget[..^1], int.MaxValue) * unit) };
    }

    private static ulong Number(string variable, string text, ulong most)
    {
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number <= most) return number;
        string time = variable == BudgetVariable ? ", or a time such as 30s or 5m" : "";
        throw new ExplorationRefusedException($"{variable} is \"{text}\": expected a whole number from 0 to {most}{time}.");
    }

    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
