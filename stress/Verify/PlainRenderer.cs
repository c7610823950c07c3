using Spectre.Console;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>Lines, one after another, without colour: for files, pipes and build logs.</summary>
internal sealed class PlainRenderer(TextWriter writer) : IRenderer, IWatcher
{
    private const int Width = 160;

    public VerifyReport Watch(Plan plan, Func<IWatcher, VerifyReport> run)
    {
        writer.WriteLine(Phrases.Opening(plan));
        return run(this);
    }

    public void Show(VerifyReport report)
    {
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        ReportTables.Write(console, report);
        writer.Flush();
    }

    public void Ended(string line, VerifyReport soFar)
    {
        writer.WriteLine($"{soFar.Elapsed.TotalSeconds,5:F0} s  {line}");
        writer.Flush();
    }

    public void GoesOn(string line, VerifyReport soFar) { }
}
