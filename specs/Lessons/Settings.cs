using System.Globalization;

namespace ConcurrencySpecs.Lessons;

/// <summary>What a learner asks for on the command line of <c>dotnet test</c>.</summary>
internal static class Settings
{
    public const string Hints = "HINT", Steered = "SCHEDULE";

    /// <summary>How many hints to show: HINT=2 shows two.</summary>
    public static int Hint => int.TryParse(Read(Hints), NumberStyles.None, CultureInfo.InvariantCulture, out int hint) ? Math.Min(hint, 3) : 0;

    /// <summary>The steps that the learner chooses: SCHEDULE=AAB? takes three and shows what each thread would do next.</summary>
    public static string? Steering => Read(Steered);

    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
