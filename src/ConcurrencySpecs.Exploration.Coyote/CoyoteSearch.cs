using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;
using Microsoft.Coyote;
using Microsoft.Coyote.Logging;
using Microsoft.Coyote.Specifications;
using Microsoft.Coyote.SystematicTesting;

namespace ConcurrencySpecs.Exploration.Coyote;

/// <summary>One search as Coyote's testing engine runs it: an iteration begins when the explorer begins a schedule, and ends once that is judged.</summary>
/// <remarks>
/// The engine adds one to its seed for every iteration, so that neighbouring seeds would give nearly the same schedules: every engine starts from a seed
/// that is spread, and after <see cref="PerEngine"/> iterations the next one takes over, since an engine keeps the trace of every iteration.
/// A strategy that learns keeps its engine.
/// </remarks>
internal sealed class CoyoteSearch(CoyoteDriver driver, CoyoteBackend backend, ulong seed) : Strategy
{
    private const uint PerEngine = 1_000;

    private readonly IGate _explorer = backend.NewGate(), _coyote = backend.NewGate();     // opened by the other side when it is this one's turn
    private readonly IGate _ran = backend.NewGate();       // opened when all threads of a schedule have left; the engine may be further by then
    private SplitMix _seeds = new(seed);
    private Execution? _execution;
    private Thread? _thread;
    private TestingEngine? _engine;
    private Action? _main;
    private string? _failure;
    private Exception? _defect;
    private bool _open, _over, _closing;       // an iteration waits for its end; the engine has ended; it is to end

    public override bool WantsNumbers => false;        // Coyote's operations have numbers of their own

    public override bool ChoosesNumbers => true;

    public override bool Begin(Execution execution)
    {
        _execution = execution;
        while (true)
        {
            if (_thread is null) StartEngine();
            _explorer.Pass();                  // the next iteration, or the engine's end
            if (!_over) return _open = true;
            JoinEngine();
            if (driver.Replays) return false;
        }
    }

    /// <summary>Runs the schedule that was begun, on Coyote's threads.</summary>
    public void RunIteration(Action main)
    {
        _main = main;
        _coyote.Open();
        _ran.Pass();
        if (driver.Replays && backend.HasEnded) Broken = "The trace does not fit this body: Coyote could not follow it to its end.";
    }

    public override void Ended(Execution execution) => Conclude(execution.Verdict);

    public override void Undo() => Conclude(Verdict.Passed);

    public override void Close()
    {
        if (_thread is null || _execution!.Lost) return;       // whatever is stuck keeps its threads
        _closing = true;
        bool engineWaits = !_open || backend.HasEnded;
        if (_open) Conclude(_execution.Verdict);
        if (engineWaits) _coyote.Open();
        JoinEngine();
        _ran.Dispose();
        _explorer.Dispose();
        _coyote.Dispose();
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled) =>
        throw new InvalidOperationException($"{driver.Name} chooses by itself.");

    public override int Draw(Execution execution, int ways) => backend.Draw(execution.Running.Id, ways);

    /// <summary>Tells Coyote how its iteration ended, unless it has ended it itself.</summary>
    private void Conclude(Verdict verdict)
    {
        (_open, _failure) = (false, verdict.Failed ? verdict.Message : null);
        if (!backend.HasEnded) _coyote.Open();
    }

    private void StartEngine()
    {
        _over = false;
        _engine = TestingEngine.Create(driver.Configure((uint)_seeds.Next(), driver.Learns ? uint.MaxValue : PerEngine), Iterate);
        _engine.SetLogger(new TextWriterLogger(TextWriter.Null, VerbosityLevel.None));       // it would write to the console
        _thread = new Thread(RunEngine) { IsBackground = true, Name = driver.Name };
        _thread.Start();
    }

    private void JoinEngine()
    {
        _thread!.Join();
        _thread = null;
        if (_engine!.ReproducibleTrace is { Length: > 0 } trace) driver.Failed(trace);
        _engine.Dispose();
        if (_defect is not null) throw new InvalidOperationException($"{driver.Name}: {_defect.Message}", _defect);
    }

    private void RunEngine()
    {
        try
        {
            _engine!.Run();
        }
        catch (Exception defect)
        {
            _defect = defect;                  // thrown again by whoever waits
        }
        _over = true;
        _explorer.Open();
    }

    /// <summary>One iteration, as Coyote's test.</summary>
    private void Iterate()
    {
        if (!_closing)
        {
            _explorer.Open();
            _coyote.Pass();
        }
        if (_closing)
        {
            _engine!.Stop();
            return;
        }
        backend.RunTest(_main!);
        bool hasEnded = backend.HasEnded;      // then nobody waits for this thread any more
        _ran.Open();
        if (hasEnded) return;
        _coyote.Pass();
        if (_failure is not null) Specification.Assert(false, _failure);
    }
}
