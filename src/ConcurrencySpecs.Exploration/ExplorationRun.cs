using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Rewriting;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;
using ConcurrencySpecs.Exploration.Twins;

namespace ConcurrencySpecs.Exploration;

/// <summary>One call of <see cref="Explore"/>: from the delegate to the verdict.</summary>
internal sealed class ExplorationRun
{
    private const long DefaultSamples = 10_000;

    private readonly Delegate _body;
    private readonly ExplorationOptions _options;
    private readonly FactUnderTest _fact;
    private bool _lost;         // a driver's execution is stuck: its threads still run in the rewritten copy

    public ExplorationRun(Delegate body, ExplorationOptions? options, string fact)
    {
        ArgumentNullException.ThrowIfNull(body);
        RefuseNesting();
        _body = body;
        _options = EnvironmentSettings.Apply(options ?? ExplorationOptions.Default);
        _fact = new FactUnderTest(body, fact);
    }

    /// <exception cref="ExplorationIncompleteException">A bound stopped it, and the options do not accept that.</exception>
    public ExplorationResult Every()
    {
        if (ReplayIfAsked() is { } replayed) return replayed;
        ExplorationResult result = Run(Exhausting(_options), _options);
        bool whole = result.Exhausted || (_options.Preemptions is not null && result.StoppedBy is null);
        return whole || _options.MayEndAtBound ? result : throw new ExplorationIncompleteException(result);
    }

    public ExplorationResult Sample()
    {
        if (ReplayIfAsked() is { } replayed) return replayed;
        ExplorationOptions options = _options.Schedules == 0
            && _options.Time == ExplorationOptions.Default.Time ? _options with { Schedules = DefaultSamples } : _options;
        string origin = $", seed {options.Seed}";
        return options.Driver is null ? Run(Sampling(options), options, origin) : Drive(options, origin);
    }

    /// <exception cref="ExplorationRefusedException">The word is damaged, or belongs to another body.</exception>
    public ExplorationResult Replay(string schedule)
    {
        try
        {
            return Take(schedule);
        }
        catch (Exception unfit) when (unfit is FormatException or InvalidOperationException)
        {
            throw new ExplorationRefusedException(unfit.Message);
        }
    }

    /// <summary>Takes the one schedule that <paramref name="strategy"/> chooses and writes it down, whether it fails or not.</summary>
    public (Verdict Verdict, Recorder Taken) Record(Strategy strategy)
    {
        var recorder = new Recorder();
        Verdict verdict = Verdict.Passed;
        Inside(_options, (explorer, program) =>
        {
            explorer.Execution.Recorder = recorder;
            SearchResult seen = explorer.Run(program.Run, strategy, Bounds(_options) with { Schedules = 1 });
            verdict = seen.Failure ?? Verdict.Passed;
            return new ExplorationResult { Schedules = seen.Schedules, Steps = seen.Steps, Exhausted = false };
        });
        return (verdict, recorder);
    }

    private ExplorationResult? ReplayIfAsked()
    {
        if (EnvironmentSettings.Schedule is not { } schedule || schedule.Contains(':')) return _fact.Replay is { } annotated ? Replay(annotated) : null;
        try
        {
            return Take(schedule);
        }
        catch (FormatException damaged)
        {
            throw new ExplorationRefusedException($"{EnvironmentSettings.ScheduleVariable}: {damaged.Message}");
        }
        catch (InvalidOperationException)
        {
            return null;        // the variable means another exploration of the same run
        }
    }

    private ExplorationResult Take(string schedule) => Inside(_options, (explorer, program) =>
        ExplorationReport.OfReplay(schedule, explorer, program.Run, Bounds(_options), _fact.Command));

    public static void RefuseNesting()
    {
        if (Execution.Current is not null) throw new ExplorationRefusedException(
            "This is an exploration inside an exploration: the inner body is already part of every outer schedule. Call the inner body directly.");
    }

    /// <summary>How many explorers one search is worth.</summary>
    public static int Cores => Affinity.Cores()?.Length ?? Environment.ProcessorCount;

    public static Strategy Exhausting(ExplorationOptions options) => options.Preemptions is { } most ? new Naive(most) : new Dpor();

    public static Strategy Sampling(ExplorationOptions options) => new Portfolio(options.Seed);

    public static void Configure(Explorer explorer, ExplorationOptions options)
    {
        explorer.Execution.Patience = options.Patience;
        explorer.Execution.EqualRounds = options.Rounds;
        explorer.Execution.MaxTurns = options.Turns;
        explorer.Execution.Races = options.Races ? new RaceWatch() : null;
    }

    public static SearchBounds Bounds(ExplorationOptions options) => new()
    {
        Schedules = options.Schedules > 0 ? options.Schedules : long.MaxValue,
        Time = options.Time > TimeSpan.Zero ? options.Time : TimeSpan.MaxValue,
        Steps = options.Steps,
        CutFails = options.CutFails,
        Order = options.Schedules > 0 ? options.Seed : null,
    };

    /// <summary>Samples under the options' driver, in an explorer of its own: whatever the driver does, the caller's can tell what was found.</summary>
    public static SearchResult Drive(Explorer explorer, Action body, ExplorationOptions options)
    {
        (Backend backend, Strategy strategy) = options.Driver!.Open(options.Seed);
        using var driven = new Explorer(backend) { Before = explorer.Before };
        Configure(driven, options);
        driven.Execution.WhenStuck = explorer.Execution.WhenStuck;
        return driven.Run(body, strategy, Bounds(options));
    }

    private ExplorationResult Drive(ExplorationOptions options, string origin) => Inside(options, (explorer, program) =>
    {
        long escapes = LogicalContext.Escapes;
        SearchResult seen = Drive(explorer, program.Run, options);
        _lost = seen.Failure?.Outcome == Outcome.Stuck;
        return ExplorationReport.Of(seen, explorer, program.Run, Bounds(options), _fact.Command, escapes);
    }, origin);

    private ExplorationResult Run(Strategy strategy, ExplorationOptions options, string origin = "") => Inside(options, (explorer, program) =>
    {
        SearchBounds bounds = Bounds(options);
        long escapes = LogicalContext.Escapes;
        SearchResult seen = strategy is Dpor ? Together(options).Run(explorer, program.Run, bounds) : explorer.Run(program.Run, strategy, bounds);
        return ExplorationReport.Of(seen, explorer, program.Run, bounds, _fact.Command, escapes);
    }, origin);

    /// <summary>One explorer for each core, each with its own rewritten copy of the body.</summary>
    private Team Together(ExplorationOptions options) => new(Cores, () =>
    {
        TwinContext context = TwinContext.Rent(_body.Method.Module.Assembly, options);
        var program = new TwinProgram(_body, context);
        var explorer = new Explorer { Before = program.Prepare };
        Configure(explorer, options);
        return new TeamMember(explorer, program.Run, () =>
        {
            if (!explorer.Execution.Lost) context.Return();
        });
    });

    private ExplorationResult Inside(ExplorationOptions options, Func<Explorer, TwinProgram, ExplorationResult> job, string origin = "")
    {
        TwinContext context = TwinContext.Rent(_body.Method.Module.Assembly, options);
        ExplorationResult result;
        using (var explorer = new Explorer())
        {
            var program = new TwinProgram(_body, context);
            explorer.Before = program.Prepare;
            Configure(explorer, options);
            try
            {
                result = job(explorer, program);
            }
            finally
            {
                if (!explorer.Execution.Lost && !_lost) context.Return();
            }
        }

        if (result.Counterexample is { } example) throw new ExplorationFailedException($"{example.Verdict} (schedule {result.Schedules}{origin})", result);
        return result;
    }
}
