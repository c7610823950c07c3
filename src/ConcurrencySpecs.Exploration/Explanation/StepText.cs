using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>A step in a few words.</summary>
internal static class StepText
{
    /// <summary>"_seats = 0 → 1"-like text; null for steps that a reader can do without.</summary>
    public static string? Of(RecordedStep taken)
    {
        Step step = taken.Step;
        string what = SiteTable.Of(step.Site).What;
        string value = taken.Value ?? "";
        return step.Kind switch
        {
            StepKind.Start => "starts",
            StepKind.End => "ends",
            StepKind.Join => taken.Unchanged ? $"joins {Thread(taken)}: timed out" : $"joins {Thread(taken)}",
            StepKind.Sleep => $"sleeps {step.Demand} ms",
            StepKind.Yield => "yields",
            StepKind.Fence => "fence",
            StepKind.Read => With($"reads {what}", value),
            StepKind.VolatileRead => With($"reads {what}", value),
            StepKind.Write => With($"writes {what}", value),
            StepKind.VolatileWrite => With($"writes {what}", value),
            StepKind.Update => With(taken.Unchanged ? $"tries {what}" : $"updates {what}", value) + (taken.Unchanged ? " ✗" : ""),
            _ => With(Called(step, what, taken), value) + (taken.Unchanged && value != "timed out" ? " ✗" : ""),
        };
    }

    /// <summary>The word for a step that has not been taken: "Monitor.Enter", "join".</summary>
    public static string Verb(in Step step)
    {
        string what = SiteTable.Of(step.Site).What;
        return what == "?" ? step.Kind.ToString() : what;
    }

    private static string Called(in Step step, string what, RecordedStep taken) => $"{(what == "?" ? step.Kind.ToString() : what)} {taken.Object}".TrimEnd();

    private static string Thread(RecordedStep taken) => taken.Object ?? "a thread";

    private static string With(string text, string value) => value.Length == 0 ? text : $"{text}: {value}";
}
