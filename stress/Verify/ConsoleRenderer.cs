using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>Tables that fill while one watches, on a terminal.</summary>
internal sealed class ConsoleRenderer(IAnsiConsole console) : IRenderer, IWatcher
{
    private static readonly TimeSpan _betweenFrames = TimeSpan.FromMilliseconds(150);

    private readonly Stopwatch _sinceFrame = new();
    private LiveDisplayContext? _live;

    public VerifyReport Watch(Plan plan, Func<IWatcher, VerifyReport> run)
    {
        console.MarkupLine(Markup.Escape(Phrases.Opening(plan)));
        VerifyReport? report = null;
        console.Live(new Text("")).AutoClear(true).Overflow(VerticalOverflow.Ellipsis).Cropping(VerticalOverflowCropping.Bottom).Start(live =>
        {
            _live = live;
            report = run(this);
        });
        return report!;
    }

    public void Show(VerifyReport report) => ReportTables.Write(console, report);

    public void Ended(string line, VerifyReport soFar) => Draw(line, soFar);

    public void GoesOn(string line, VerifyReport soFar)
    {
        if (!_sinceFrame.IsRunning || _sinceFrame.Elapsed >= _betweenFrames) Draw(line, soFar);
    }

    private void Draw(string line, VerifyReport soFar)
    {
        _sinceFrame.Restart();
        List<IRenderable> frame = [new Markup($"[blue]{soFar.Elapsed.TotalSeconds,4:F0} of {soFar.Plan.Budget.TotalSeconds:F0} s[/]  {Markup.Escape(line)}")];
        if (soFar.Proofs.Count > 0) frame.Add(ReportTables.Matrix(soFar));
        if (soFar.Hunts.Count > 0) frame.Add(ReportTables.Gallery(soFar));
        _live!.UpdateTarget(new Rows(frame));
    }
}
