using System.Diagnostics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Runs a body under a strategy, schedule after schedule, until nothing is left, a bound is reached or a schedule fails.</summary>
internal sealed class Explorer : IDisposable
{
    private const int MostMoves = 1_000;                // while another explorer has the quiet, this one tries on
    private const int MostMovesInQuiet = 16;            // quiet ends when others collect on purpose or allocate much; a body that does so itself never has it
    private const int MovesBeforeNoCollection = 3;

    public Explorer(Backend? backend = null) => Execution = new Execution(backend);

    public Execution Execution { get; }

    /// <summary>Called before every execution, outside: resets statics and captured values.</summary>
    public Action? Before { get; set; }

    /// <summary>Called after every complete execution, outside: looks at the outcome and may add a failure by throwing.</summary>
    public Action<Verdict>? After { get; set; }

    /// <param name="body">What is run.</param>
    /// <param name="strategy">What decides.</param>
    /// <param name="bounds">What ends it.</param>
    /// <param name="numbers">The numbers of threads, shared with the other explorers of the same search.</param>
    public SearchResult Run(Action body, Strategy strategy, SearchBounds? bounds = null, ThreadNumbers? numbers = null)
    {
        Execution.Numbers = numbers ?? new ThreadNumbers();
        var run = new SearchRun(this, body, strategy, bounds ?? new SearchBounds());
        try
        {
            Execution.OnHost(run.Go);
        }
        finally
        {
            strategy.Close();
        }
        return run.Result(Execution.Lost);
    }

    public void Dispose() => Execution.Dispose();

    private sealed class SearchRun(Explorer explorer, Action body, Strategy strategy, SearchBounds bounds)
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly Execution _execution = explorer.Execution;
        private long _schedules, _redundant, _steps;
        private bool _exhausted, _cut;
        private string? _stoppedBy;
        private Verdict? _failure;
        private Explanation.Schedule? _schedule;

        public void Go()
        {
            _execution.MaxSteps = bounds.Steps;
            _execution.StopAtFailure = !bounds.PastFailures;
            _execution.CutLoop = -1;
            while (_stoppedBy is null)
            {
                if (!strategy.Begin(_execution))
                {
                    _exhausted = strategy.Exhausts && !_cut;
                    return;
                }
                if (!RunOnce()) continue;
                if (strategy.Broken is { } why) throw new InvalidOperationException(why);
                Count(Judge());
                if (_failure is not null && !bounds.PastFailures) _stoppedBy = "a failure";
                else if (_schedules + _redundant >= bounds.Schedules) _stoppedBy = $"the bound of {bounds.Schedules} schedules";
                else if (_watch.Elapsed >= bounds.Time) _stoppedBy = $"the bound of {bounds.Time.TotalSeconds:0.##} s";
            }
        }

        /// <summary>Undoes an execution in which the collector moved objects, for addresses then name other locations, or for whose threads the numbers
        /// did not suffice that others use; false when it was undone and there is nothing to do instead.</summary>
        private bool RunOnce()
        {
            for (int moves = 0; ; moves++)
            {
                bool quiet = (_execution.Recording || moves >= MovesBeforeNoCollection) && Quiet.TryBegin();
                int collections = GC.CollectionCount(0), cut = _execution.CutLoop;
                bool fresh = _execution.Numbers.Count == 1;
                Prepare();
                _execution.RunOnce(body, strategy);
                bool moved = GC.CollectionCount(0) != collections;
                if (quiet) Quiet.End();
                if (_execution.LacksNumbers && !strategy.WantsNumbers && !fresh) _execution.Numbers = new ThreadNumbers();
                else if (!moved || (quiet ? moves >= MostMovesInQuiet : moves == MostMoves)) return true;
                _execution.CutLoop = cut;
                strategy.Undo();
                if (!strategy.Begin(_execution)) return false;
            }
        }

        private void Prepare()
        {
            if (explorer.Before is null) return;
            using Execution.Pause outside = Execution.Outside();
            explorer.Before();
        }

        private Verdict Judge()
        {
            Verdict verdict = _execution.Verdict;
            if (explorer.After is null || verdict.Outcome is Outcome.Abandoned or Outcome.StepBound) return verdict;
            using Execution.Pause outside = Execution.Outside();
            try
            {
                explorer.After(verdict);
            }
            catch (Exception thrown)
            {
                if (!verdict.Failed) verdict = new Verdict(Outcome.Threw, $"after the execution: {thrown.GetType().Name}: {thrown.Message}", thrown);
            }
            return verdict;
        }

        private void Count(Verdict verdict)
        {
            if (verdict.Outcome == Outcome.Abandoned) _redundant++;
            else
            {
                _schedules++;
                _steps += _execution.Steps;
            }
            _cut |= verdict.Outcome == Outcome.StepBound;
            bool failed = verdict.Failed || (bounds.CutFails && verdict.Outcome == Outcome.StepBound);
            if (failed && _failure is null)
            {
                _failure = verdict;
                _schedule = _execution.Schedule();
            }
            if (_failure is null || bounds.PastFailures) strategy.Ended(_execution);
        }

        public SearchResult Result(bool lost) => new()
        {
            Schedules = _schedules,
            Redundant = _redundant,
            Steps = _steps,
            Exhausted = _exhausted && !lost && _execution.CutLoop < 0,
            StoppedBy = lost ? "a thread that is stuck" : _stoppedBy ?? (_cut ? $"the bound of {bounds.Steps} steps" : CutLoop()),
            Failure = lost ? _execution.Verdict : _failure,
            Schedule = lost ? _execution.Schedule() : _schedule,
            Elapsed = _watch.Elapsed,
        };

        private string? CutLoop() => _execution.CutLoop < 0 || !_exhausted ? null
            : $"the loop at {Hooks.SiteTable.Place(_execution.CutLoop)}, which ends by itself after more than {_execution.EqualRounds} equal rounds";
    }
}
