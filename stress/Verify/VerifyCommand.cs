using System.CommandLine;
using System.CommandLine.Parsing;
using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Stress.Explorer;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Testing.Engines;
using Spectre.Console;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary><c>verify</c>: every implementation through every engine, and every broken twin through the engine that must catch it.</summary>
internal sealed class VerifyCommand(IReadOnlyList<CatalogEntry> contracts, IReadOnlyList<Exhibit> exhibits, IReadOnlyList<Engine> engines)
{
    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Only these topics, implementations or twins, separated by commas.",
        HelpName = "NAMES",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _engine = new("--engine")
    {
        Description = "Only these engines, separated by commas.",
        HelpName = "NAMES",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<TimeSpan?> _budget = new("--budget")
    {
        Description = "The time for everything together: 30s, 10m, 1h; 105s unless told otherwise.",
        HelpName = "TIME",
        CustomParser = Budget,
    };

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = $"All randomness comes from it. Without it: {Seeds.Variable}, else a fresh one.",
        HelpName = "N",
        CustomParser = Seed,
    };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Write the report as JSON; - is the standard output, then tables go to standard error.",
        HelpName = "FILE|-",
    };

    private readonly Option<string?> _markdown = new("--markdown")
    {
        Description = $"Write the matrix of implementations × engines: into FILE, between {MatrixSection.Begin} and {MatrixSection.End} where it has them; "
            + "to the standard output without FILE.",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _check = new("--check-markdown")
    {
        Description = "Afterwards, fail when the matrix in FILE is not the one of this run. May be given several times.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _list = new("--list") { Description = "List the implementations, the twins and the engines, and run nothing." };

    /// <summary>Engines that are run only when <c>--engine</c> names them.</summary>
    public IReadOnlyList<Engine> OnlyWhenNamed { get; init; } = [];

    public Command Build()
    {
        var command = new Command("verify", "Every implementation through every engine, and every broken twin through the engine that must catch it. "
            + "Exit code 0: all as expected; 2: a counterexample of an implementation, an escaped twin or a stale matrix; "
            + "1: bad arguments or an error; 130: interrupted.")
        {
            _only, _engine, _budget, _seed, _json, _markdown, _check, _list,
        };
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult arguments, CancellationToken stop)
    {
        (TextWriter output, TextWriter error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        try
        {
            VerifyOptions options = Options(arguments);
            Drivers.Check(options.Engines);
            Engine[] named = [.. OnlyWhenNamed.Where(engine => options.Engines.Any(name => Names.Same(name, engine.Name)))];
            Plan plan = Plan.Of(contracts, [.. exhibits, .. named.SelectMany(engine => Drivers.TwinsFor(engine, exhibits))], [.. engines, .. named], options);
            if (arguments.GetValue(_list))
            {
                foreach (string line in Listing.Of(plan)) output.WriteLine(line);
                return VerifyReport.AsExpected;
            }

            string? markdown = arguments.GetResult(_markdown) is null ? null : arguments.GetValue(_markdown) ?? Papers.StandardOutput;
            var papers = new Papers(arguments.GetValue(_json), markdown, arguments.GetValue(_check)!);
            papers.Check(plan);
            IRenderer renderer = Renderer(papers.TakeTheOutput ? error : output);
            VerifyReport report = renderer.Watch(plan, watcher => new Runner(plan, watcher, stop).Run());
            renderer.Show(report);
            papers.Write(report, output, error);
            return report.ExitCode == VerifyReport.AsExpected && papers.Stale(report, error) ? VerifyReport.Unexpected : report.ExitCode;
        }
        catch (Exception exception) when (exception is UsageException or FormatException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return VerifyReport.ToolError;
        }
    }

    private VerifyOptions Options(ParseResult arguments) => new(arguments.GetValue(_seed) ?? Seeds.FromEnvironment())
    {
        Budget = arguments.GetValue(_budget) ?? VerifyOptions.DefaultBudget,
        Schedule = Seeds.ScheduleFromEnvironment(),
        Only = Names.Split(arguments.GetValue(_only)!),
        Engines = Names.Split(arguments.GetValue(_engine)!),
    };

    /// <summary>Redraws only where it is a terminal that is drawn on.</summary>
    private static IRenderer Renderer(TextWriter writer) =>
        (writer == Console.Out && !Console.IsOutputRedirected) || (writer == Console.Error && !Console.IsErrorRedirected)
            ? new ConsoleRenderer(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer) }))
            : new PlainRenderer(writer);

    private static TimeSpan? Budget(ArgumentResult argument)
    {
        if (!Durations.TryParse(argument.Tokens[0].Value, out TimeSpan budget, out string? wrong)) argument.AddError($"--budget: {wrong}");
        return budget;
    }

    private static ulong? Seed(ArgumentResult argument)
    {
        if (ulong.TryParse(argument.Tokens[0].Value, out ulong seed)) return seed;
        argument.AddError($"--seed: '{argument.Tokens[0].Value}' is not a seed. A seed is a whole number from 0 to {ulong.MaxValue}.");
        return null;
    }
}
