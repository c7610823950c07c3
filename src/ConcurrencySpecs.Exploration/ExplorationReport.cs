using System.Runtime.ExceptionServices;
using System.Text;
using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;
using ConcurrencySpecs.Exploration.Twins;

namespace ConcurrencySpecs.Exploration;

/// <summary>Turns what a search saw into the words of the public API.</summary>
internal static class ExplorationReport
{
    private const string SkipPrefix = "$XunitDynamicSkip$";     // how xunit marks the exception of Assert.Skip

    private const string Escaped =
        "A thread outside the explorer's control wanted to continue the program and was not let: something that the body awaits has no twin.";

    private static readonly string[] _ownFrames =
        ["ConcurrencySpecs.Exploration.", "System.Threading.", "System.Runtime.CompilerServices.", "System.Runtime.ExceptionServices.",
            "System.Reflection.", "Xunit."];

    /// <summary>The result of a search; its failure simplified, taken once more and told.</summary>
    public static ExplorationResult Of(SearchResult seen, Explorer explorer, Action body, SearchBounds bounds, Func<string, string> command, long escapes)
    {
        var result = new ExplorationResult
        {
            Schedules = seen.Schedules,
            Steps = seen.Steps,
            Exhausted = seen.Exhausted,
            StoppedBy = seen.StoppedBy,
            Elapsed = seen.Elapsed,
        };
        if (seen.Failure is not { } failure) return result;
        PassSkip(failure);
        Explained told = new Explainer(explorer, body, bounds).Explain(seen);
        Verdict verdict = told.Verdict.Failed ? told.Verdict : failure;
        bool escaped = verdict.Outcome is Outcome.Deadlock or Outcome.Leak && LogicalContext.Escapes > escapes;
        return result with { Counterexample = Example(told, escaped ? verdict with { Message = $"{Escaped} {verdict.Message}" } : verdict, command) };
    }

    /// <summary>The result of taking one schedule.</summary>
    /// <exception cref="FormatException">The word is damaged.</exception>
    /// <exception cref="InvalidOperationException">The word belongs to another body.</exception>
    public static ExplorationResult OfReplay(string word, Explorer explorer, Action body, SearchBounds bounds, Func<string, string> command)
    {
        Explained told = new Explainer(explorer, body, bounds).Replay(word);
        PassSkip(told.Verdict);
        return new ExplorationResult
        {
            Schedules = 1,
            Steps = told.Steps.Count,
            Exhausted = false,
            StoppedBy = "the replay of one schedule",
            Counterexample = told.Verdict.Failed ? Example(told, told.Verdict, command) : null,
        };
    }

    private static Counterexample Example(Explained told, Verdict verdict, Func<string, string> command)
    {
        string thrown = verdict.Exception is { } exception and not UncontrolledCallException ? $"\n{Frames(exception)}\n" : "";
        return new Counterexample(FirstLine(verdict.Message), told.Replay, told.Text.TrimEnd() + "\n" + thrown, command(told.Replay))
        {
            Told = told,
        };
    }

    private static void PassSkip(Verdict failure)
    {
        if (failure.Exception is { } thrown && thrown.Message.StartsWith(SkipPrefix, StringComparison.Ordinal)) ExceptionDispatchInfo.Throw(thrown);
    }

    // The exception as it prints itself, without the frames of the explorer and of those who call it.
    private static string Frames(Exception exception)
    {
        var text = new StringBuilder();
        foreach (string line in exception.ToString().Split('\n'))
        {
            string frame = line.TrimStart();
            bool own = frame.StartsWith("at ", StringComparison.Ordinal)
                && _ownFrames.Any(prefix => frame.AsSpan(3).StartsWith(prefix, StringComparison.Ordinal));
            if (!own && !frame.StartsWith("--- End of", StringComparison.Ordinal)) text.Append(line.TrimEnd('\r')).Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    private static string FirstLine(string text) => text.IndexOf('\n') is >= 0 and var end ? text[..end].TrimEnd('\r') : text;
}
