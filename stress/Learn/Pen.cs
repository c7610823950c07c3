using System.CommandLine;

namespace ConcurrencySpecs.Stress.Learn;

/// <summary>Writes in colour on a terminal, and plainly elsewhere or where NO_COLOR is set.</summary>
internal sealed class Pen(bool colours)
{
    public static bool IsTerminal(ParseResult parsed) => parsed.InvocationConfiguration.Output == Console.Out && !Console.IsOutputRedirected;

    public static Pen For(ParseResult parsed) => new(IsTerminal(parsed) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    public string Strong(string text) => Styled(text, 1);

    public string Good(string text) => Styled(text, 32);

    private string Styled(string text, int style) => colours ? $"\e[{style}m{text}\e[0m" : text;
}
