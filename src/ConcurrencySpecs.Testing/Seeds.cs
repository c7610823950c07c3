using System.Globalization;
using System.Security.Cryptography;
using FsCheck;

namespace ConcurrencySpecs.Testing;

/// <summary>Seeds: drawn fresh, read from what a failure printed, and spread so that neighbours have nothing in common.</summary>
public static class Seeds
{
    /// <summary>The environment variable that fixes the seed of every engine.</summary>
    public const string Variable = "CONCURRENCYSPECS_SEED";

    /// <summary>The environment variable that makes engines which control schedules run a single one: see <see cref="Engines.RunOptions.Schedule"/>.</summary>
    public const string ScheduleVariable = "CONCURRENCYSPECS_SCHEDULE";

    /// <summary>The word in <see cref="ScheduleVariable"/> if it names a program with its schedule; null for none, and for the schedule of an
    /// exploration.</summary>
    public static string? ScheduleFromEnvironment() =>
        Environment.GetEnvironmentVariable(ScheduleVariable) is { Length: > 0 } word && word.Contains(':', StringComparison.Ordinal) ? word : null;

    /// <summary>The seed in <see cref="Variable"/>, or a fresh one.</summary>
    /// <exception cref="FormatException">The variable is set to something that is not a whole number from 0 to 2⁶⁴−1.</exception>
    public static ulong FromEnvironment() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => Fresh(),
        { } text when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) => seed,
        { } text => throw new FormatException(
            $"{Variable} is '{text}', but a seed is a whole number from 0 to {ulong.MaxValue}. Use the number that the failure printed, or unset the variable."),
    };

    /// <summary>A seed that no earlier run used, short enough to read aloud.</summary>
    public static ulong Fresh() => (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>Spreads <paramref name="index"/> over <paramref name="seed"/>'s stream (Steele, Lea, Flood, "Fast splittable pseudorandom number
    /// generators", OOPSLA 2014).</summary>
    public static ulong Mix(ulong seed, ulong index)
    {
        ulong z = seed + ((index + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    internal static Rnd Rnd(ulong seed) => new(Mix(seed, 0), Mix(seed, 1) | 1);
}
