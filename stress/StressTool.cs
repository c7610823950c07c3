using System.CommandLine;
using System.CommandLine.Invocation;

namespace ConcurrencySpecs.Stress;

/// <summary>The command line: its commands, of which the first is meant when none is named.</summary>
internal static class StressTool
{
    /// <summary>What an interrupted run is given to come to its end and print what it has.</summary>
    private static readonly TimeSpan _graceAfterInterrupt = TimeSpan.FromSeconds(15);

    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Command[] commands, CancellationToken stop = default)
    {
        Command usual = commands[0];
        var root = new RootCommand(
            "Proves the implementations of ConcurrencySpecs and breaks their broken twins. "
            + $"Without a command it does `{usual.Name}`; its options: `{usual.Name} --help`.");
        foreach (Command command in commands) root.Add(command);
        string[] whole = NamesNone(args) ? [usual.Name, .. args] : args;
        ParseResult parsed = root.Parse(whole);
        if (parsed.Action is ParseErrorAction mistake) mistake.ShowHelp = false;   // the error is what there is to read
        return parsed.InvokeAsync(new() { Output = output, Error = error, ProcessTerminationTimeout = _graceAfterInterrupt }, stop);
    }

    private static bool NamesNone(string[] args) => args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("-h" or "-?" or "--help" or "--version"));
}
