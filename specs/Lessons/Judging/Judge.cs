using System.Text.RegularExpressions;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Lessons.Judging;

/// <summary>Finds out whether a lesson is solved.</summary>
internal static partial class Judge
{
    /// <summary>Far more than a lesson takes: who gets there runs in circles.</summary>
    private const int MostSteps = 600;

    /// <summary>The same for loops that take no step.</summary>
    private const int MostTurns = 1_000_000;

    private static readonly ExplorationOptions _options = new() { Steps = MostSteps, Turns = MostTurns, CutFails = true, MayEndAtBound = true };

    /// <summary>Null when every schedule of the body passes.</summary>
    public static Finding? Every(Lesson lesson, Action body, string fact)
    {
        try
        {
            ExplorationResult result = Explore.Every(body, _options, fact);
            return result.Exhausted ? null : new Finding("unexhausted", new Evidence("unexhausted", null)) { Arguments = [result.StoppedBy ?? "?"] };
        }
        catch (ExplorationFailedException failed)
        {
            Explained told = failed.Result.Counterexample!.Told!;
            return Found(lesson, told.Verdict, told.Taken) with
            {
                Word = told.Replay,
                FoundAt = EnvironmentSettings.Schedule is null ? failed.Result.Schedules : 0,
            };
        }
    }

    /// <summary>Null when the chosen steps make the body fail.</summary>
    public static Finding? Breaks(Lesson lesson, string schedule, Action body)
    {
        (Finding found, bool broken) = Steer(lesson, schedule, body);
        return broken ? null : found;
    }

    /// <summary>What the chosen steps come to, whether or not it solves the lesson.</summary>
    public static Finding Shown(Lesson lesson, string schedule, Action body) => Steer(lesson, schedule, body).Found;

    private static (Finding Found, bool Broken) Steer(Lesson lesson, string schedule, Action body)
    {
        var hand = new ByHand(schedule);
        (Verdict verdict, Recorder taken) = new ExplorationRun(body, _options, "").Record(hand);
        if (verdict.Failed) return (Found(lesson, verdict, taken) with { ByHand = true }, true);
        string key = hand.Impossible is not null || hand.Taken < schedule.TrimEnd('?').Length ? "impossible" : hand.Unfinished ? "unfinished" : "harmless";
        var evidence = new Evidence(key, taken);
        object[] arguments = key == "impossible" ? [schedule[hand.Taken], hand.Taken + 1] : [schedule.TrimEnd('?') is { Length: > 0 } steps ? steps : "–"];
        return (new Finding(lesson.Explained(evidence), evidence) { ByHand = true, Arguments = arguments }, false);
    }

    private static Finding Found(Lesson lesson, Verdict verdict, Recorder? taken)
    {
        var thrown = verdict.Exception as LessonFindingException;
        var evidence = new Evidence(thrown?.Key ?? KeyOf(verdict.Outcome), taken);
        object[] arguments = verdict.Exception is { } other ? [Evidence.NameOf(verdict.Thread), other.GetType().Name, other.Message]
            : verdict.Outcome is Outcome.Stuck or Outcome.Endless ? [Line().Match(verdict.Message).Value] : [MostSteps];
        return new Finding(lesson.Explained(evidence), evidence) { Arguments = thrown?.Arguments ?? arguments };
    }

    [GeneratedRegex(@"\S+\.cs:\d+")]
    private static partial Regex Line();

    private static string KeyOf(Outcome outcome) => outcome switch
    {
        Outcome.Threw => "threw",
        Outcome.Deadlock => "deadlock",
        Outcome.Leak => "leak",
        Outcome.Livelock => "livelock",
        Outcome.StepBound => "endless",
        Outcome.Endless => "circling",
        _ => "stuck",
    };
}
