using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;
using Spectre.Console;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>A report as tables and texts, alike on terminals and in files.</summary>
internal static class ReportTables
{
    public static void Write(IAnsiConsole console, VerifyReport report)
    {
        console.WriteLine();
        if (report.Proofs.Count > 0) console.Write(Matrix(report));
        if (report.Hunts.Count > 0) console.Write(Gallery(report));
        foreach (Proof refuted in report.Refuted) WriteFound(console, refuted.Report!, "red");
        foreach (Hunt escaped in report.Escaped) WriteEscape(console, escaped);
        foreach (string error in report.Errors) WriteLine(console, "red", $"error: {error}\n");
        if (report.Showpiece is { } piece && !report.Refuted.Any()) WriteFound(console, piece, "yellow");
        string colour = report.ExitCode switch { VerifyReport.AsExpected => "green", VerifyReport.InterruptedByUser => "yellow", _ => "red" };
        WriteLine(console, $"bold {colour}", Phrases.Summary(report));
    }

    /// <summary>Implementations × engines: the mark, and how much was tried.</summary>
    public static Table Matrix(VerifyReport report)
    {
        Table table = New("implementation");
        foreach (Engine engine in report.Plan.Engines) table.AddColumn(new TableColumn(engine.Name).RightAligned());
        foreach (var implementation in report.Plan.Implementations)
            table.AddRow([implementation.Name, .. report.Plan.Engines.Select(engine => Cell(report.ProofOf(implementation.Name, engine.Name)))]);
        return table;
    }

    /// <summary>The broken twins: what is wrong, who has to see it, and how soon it did.</summary>
    public static Table Gallery(VerifyReport report)
    {
        Table table = New("broken twin").AddColumn("defect").AddColumn("engine")
            .AddColumn(new TableColumn("caught").RightAligned()).AddColumn(new TableColumn("median").RightAligned());
        table.Columns[0].NoWrap();
        foreach (Hunt hunt in report.Hunts)
            table.AddRow(
                hunt.Twin.Name, Markup.Escape(hunt.Twin.Defect), hunt.Twin.CaughtBy.Name, Cell(hunt), hunt.MedianTime is { } time ? Durations.Show(time) : "");
        return table;
    }

    private static Table New(string first) => new Table().Border(TableBorder.Simple).AddColumn(first);

    private static string Cell(Proof proof)
    {
        string text = Phrases.Of(proof);
        string colour = proof.Verdict switch { Verdict.Held => "green", Verdict.Refuted or Verdict.Error => "red", _ => "grey" };
        return $"[{colour}]{text}[/]";
    }

    private static string Cell(Hunt hunt) => hunt switch
    {
        { Error: not null } => "[red]could not be run[/]",
        { Reports.Count: 0 } => "[grey]not run[/]",
        { Escaped: true } => $"[red]{hunt.Caught}/{hunt.Reports.Count}, escaped[/]",
        _ => $"[green]{hunt.Caught}/{hunt.Reports.Count}[/]",
    };

    /// <summary>Lanes are drawn to be read as they are, so they go past the layout, which would wrap them.</summary>
    private static void WriteFound(IAnsiConsole console, EngineReport report, string colour)
    {
        WriteLine(console, colour, report.Verdict);
        console.Profile.Out.Writer.WriteLine(report.Counterexample!.Explain(Phrases.Replay(report)) + "\n");
    }

    private static void WriteEscape(IAnsiConsole console, Hunt hunt)
    {
        EngineReport report = hunt.Reports.First(one => one.Passed);
        WriteLine(console, "red", $"{hunt.Twin.Name} escaped {report.Engine}");
        console.Profile.Out.Writer.WriteLine(
            $"""
              defect   {hunt.Twin.Defect}
              tried    {Phrases.Count(report.Work, report.Unit)} in {Durations.Show(report.Elapsed)}, seed {report.Seed}
              replay   {Phrases.Replay(report)}

            """);
    }

    /// <summary>One line in a file however long it is; a terminal breaks it where it ends.</summary>
    private static void WriteLine(IAnsiConsole console, string style, string text)
    {
        if (console.Profile.Capabilities.Ansi) console.MarkupLine($"[{style}]{Markup.Escape(text)}[/]");
        else console.Profile.Out.Writer.WriteLine(text);
    }
}
