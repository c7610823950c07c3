using System.Runtime.ExceptionServices;
using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Rewriting;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

namespace ConcurrencySpecs.Exploration;

/// <summary>One call of <see cref="Explore"/>: from the delegate to the verdict.</summary>
internal sealed class ExplorationRun
{
    private const string SkipPrefix = "$XunitDynamicSkip$";     // how xunit marks the exception of Assert.Skip

    private readonly Delegate _body;
    private readonly ExplorationOptions _options;
    private readonly FactUnderTest _fact;
    private readonly string? _schedule;

    public ExplorationRun(Delegate body, ExplorationOptions? options, string fact)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (Execution.Current is not null) throw new ExplorationRefusedException(
            "This is an exploration inside an exploration: the inner body is already part of every outer schedule. Call the inner body directly.");
        _body = body;
        _options = EnvironmentSettings.Apply(options ?? ExplorationOptions.Default);
        _fact = new FactUnderTest(body, fact);
        _schedule = EnvironmentSettings.Schedule ?? _fact.Replay;
    }

    public ExplorationResult Every() => _schedule is not null ? Replay(_schedule) : Run(new Dpor(), "Every");

    public ExplorationResult Sample()
    {
        if (_schedule is not null) return Replay(_schedule);
        return Run(new RandomWalk((ulong)_options.Seed), "Sample");
    }

    public ExplorationResult Replay(string schedule) => throw new ExplorationRefusedException(schedule + _fact.Replay);

    private ExplorationResult Run(Strategy strategy, string how)
    {
        TwinContext context = TwinContext.Rent(_body.Method.Module.Assembly, _options);
        SearchResult seen;
        using (var explorer = new Explorer())
        {
            var program = new TwinProgram(_body, context);
            explorer.Before = program.Prepare;
            explorer.Execution.Patience = _options.Patience;
            seen = explorer.Run(program.Run, strategy, Bounds());
            if (!explorer.Execution.Lost) context.Return();
        }

        PassSkip(seen.Failure);
        return Report(seen);
    }

    private SearchBounds Bounds() => new()
    {
        Schedules = _options.Schedules > 0 ? _options.Schedules : long.MaxValue,
        Time = _options.Time > TimeSpan.Zero ? _options.Time : TimeSpan.MaxValue,
        Steps = _options.Steps,
    };

    private static void PassSkip(Verdict? failure)
    {
        if (failure?.Exception is { } thrown && thrown.Message.StartsWith(SkipPrefix, StringComparison.Ordinal)) ExceptionDispatchInfo.Throw(thrown);
    }

    private ExplorationResult Report(SearchResult seen)
    {
        var result = new ExplorationResult
        {
            Schedules = seen.Schedules, Steps = seen.Steps, Exhausted = seen.Exhausted, StoppedBy = seen.StoppedBy, Elapsed = seen.Elapsed,
        };
        if (seen.Failure is not { } failure) return result;
        string text = failure.Exception?.ToString() ?? failure.Message;
        result = result with { Counterexample = new Counterexample(failure.Message, "", text, _fact.Command("")) };
        throw new ExplorationFailedException($"{failure.Message} (schedule {seen.Schedules})", result);
    }
}
