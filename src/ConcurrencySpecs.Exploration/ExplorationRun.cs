using System.Runtime.ExceptionServices;
using ConcurrencySpecs.Exploration.Rewriting;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

namespace ConcurrencySpecs.Exploration;

/// <summary>One call of <see cref="Explore"/>: from the delegate to the verdict.</summary>
internal sealed class ExplorationRun
{
    private const string SkipPrefix = "$XunitDynamicSkip$";     // how xunit marks the exception of Assert.Skip
    private const long DefaultSamples = 10_000;

    private readonly Delegate _body;
    private readonly ExplorationOptions _options;
    private readonly FactUnderTest _fact;
    private readonly string? _schedule;

    public ExplorationRun(Delegate body, ExplorationOptions? options, string fact)
    {
        ArgumentNullException.ThrowIfNull(body);
        RefuseNesting();
        _body = body;
        _options = EnvironmentSettings.Apply(options ?? ExplorationOptions.Default);
        _fact = new FactUnderTest(body, fact);
        _schedule = EnvironmentSettings.Schedule ?? _fact.Replay;
    }

    public ExplorationResult Every() => _schedule is not null ? Replay(_schedule) : Run(new Dpor(), _options);

    public ExplorationResult Sample()
    {
        if (_schedule is not null) return Replay(_schedule);
        ExplorationOptions options = _options.Schedules == 0 && _options.Time == ExplorationOptions.Default.Time ? _options with { Schedules = DefaultSamples } : _options;
        return Run(Sampling(options), options);
    }

    public ExplorationResult Replay(string schedule) => throw new ExplorationRefusedException(schedule + _fact.Replay);

    public static void RefuseNesting()
    {
        if (Execution.Current is not null) throw new ExplorationRefusedException(
            "This is an exploration inside an exploration: the inner body is already part of every outer schedule. Call the inner body directly.");
    }

    public static Strategy Sampling(ExplorationOptions options) => new RandomWalk((ulong)options.Seed);

    public static SearchBounds Bounds(ExplorationOptions options) => new()
    {
        Schedules = options.Schedules > 0 ? options.Schedules : long.MaxValue,
        Time = options.Time > TimeSpan.Zero ? options.Time : TimeSpan.MaxValue,
        Steps = options.Steps,
    };

    /// <summary>What a search saw, in the words of the public API.</summary>
    public static ExplorationResult Result(SearchResult seen, Func<string, string> command)
    {
        PassSkip(seen.Failure);
        return new ExplorationResult
        {
            Schedules = seen.Schedules,
            Steps = seen.Steps,
            Exhausted = seen.Exhausted,
            StoppedBy = seen.StoppedBy,
            Elapsed = seen.Elapsed,
            Counterexample = seen.Failure is { } failure ? Explain(failure, command) : null,
        };
    }

    private ExplorationResult Run(Strategy strategy, ExplorationOptions options)
    {
        TwinContext context = TwinContext.Rent(_body.Method.Module.Assembly, options);
        SearchResult seen;
        using (var explorer = new Explorer())
        {
            var program = new TwinProgram(_body, context);
            explorer.Before = program.Prepare;
            explorer.Execution.Patience = options.Patience;
            seen = explorer.Run(program.Run, strategy, Bounds(options));
            if (!explorer.Execution.Lost) context.Return();
        }

        ExplorationResult result = Result(seen, _fact.Command);
        if (result.Counterexample is { } example) throw new ExplorationFailedException($"{example.Verdict} (schedule {seen.Schedules})", result);
        return result;
    }

    private static Counterexample Explain(Verdict failure, Func<string, string> command)
    {
        string text = failure.Exception?.ToString() ?? failure.Message;
        return new Counterexample(FirstLine(failure.Message), "", text, command(""));
    }

    private static void PassSkip(Verdict? failure)
    {
        if (failure?.Exception is { } thrown && thrown.Message.StartsWith(SkipPrefix, StringComparison.Ordinal)) ExceptionDispatchInfo.Throw(thrown);
    }

    private static string FirstLine(string text) => text.IndexOf('\n') is >= 0 and var end ? text[..end].TrimEnd('\r') : text;
}
