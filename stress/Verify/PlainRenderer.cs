using Spectre.Console;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>Lines, one after another, without colour: for files, pipes and build logs.</summary>
internal sealed class PlainRenderer(TextWriter writer) : IRenderer, IWatcher
{
    private const int Width = 120;

    public VerifyReport Watch(Plan plan, Func<IWatcher, VerifyReport> run)
    {
        writer.WriteLine(Phrases.Opening(plan));
        return run(this);
    }

    public void Show(VerifyReport report)
    {
        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        ReportTables.Write(console, report);
        foreach (string line in text.ToString().Split('\n')[..^1]) writer.WriteLine(line.TrimEnd());   // tables are padded to their width
        writer.Flush();
    }

    public void Ended(string line, VerifyReport soFar)
    {
        writer.WriteLine($"{soFar.Elapsed.TotalSeconds,5:F0} s  {line}");
        writer.Flush();
    }

    public void GoesOn(string line, VerifyReport soFar) { }
}
