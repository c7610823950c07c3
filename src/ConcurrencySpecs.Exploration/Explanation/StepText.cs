using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>A step in a few words.</summary>
internal static class StepText
{
    /// <summary>"reads Desk._seats: 1", "updates Desk._seats: 1 → 0".</summary>
    public static string Of(RecordedStep taken) => Of(taken, Name(taken), verb: true);

    /// <summary>Without the type before a field: where there is little room, its value says more.</summary>
    public static string Brief(RecordedStep taken) => Of(taken, LastName(taken), verb: true);

    /// <summary>"_seats: 1 → 0": without the verb as well.</summary>
    public static string Briefest(RecordedStep taken) => Of(taken, LastName(taken), verb: false);

    private static string Of(RecordedStep taken, string what, bool verb)
    {
        Step step = taken.Step;
        string value = taken.Value ?? "", cross = taken.Unchanged ? " ✗" : "";
        return step.Kind switch
        {
            StepKind.Start => "starts",
            StepKind.End => "ends",
            StepKind.Join => taken.Unchanged ? $"joins {Thread(taken)}: timed out" : $"joins {Thread(taken)}",
            StepKind.Sleep => $"sleeps {step.Demand} ms",
            StepKind.Yield => "yields",
            StepKind.Fence => "fence",
            StepKind.Read or StepKind.VolatileRead => With(verb ? $"reads {what}" : what, value),
            StepKind.Write or StepKind.VolatileWrite => verb || value.Length == 0 ? With($"writes {what}", value) : $"{what} ← {value}",
            StepKind.Update => With(!verb ? what : taken.Unchanged ? $"tries {what}" : $"updates {what}", value) + cross,
            _ => With(Called(step, what, taken), value) + (value != "timed out" ? cross : ""),
        };
    }

    /// <summary>The word for a step that has not been taken: "Monitor.Enter", "join".</summary>
    public static string Verb(in Step step)
    {
        string what = SiteTable.Of(step.Site).What;
        return what == "?" ? step.Kind.ToString() : what;
    }

    private static string Name(RecordedStep taken)
    {
        Site site = SiteTable.Of(taken.Step.Site);
        return taken.Step.On is null && site.Place is { } place ? place : site.What;
    }

    private static string LastName(RecordedStep taken)
    {
        string name = Name(taken);
        return taken.Step.On is null && SiteTable.Of(taken.Step.Site).Type is not null ? name[(name.LastIndexOf('.') + 1)..] : name;
    }

    private static string Called(in Step step, string what, RecordedStep taken) => $"{(what == "?" ? step.Kind.ToString() : what)} {taken.Object}".TrimEnd();

    private static string Thread(RecordedStep taken) => taken.Object ?? "a thread";

    private static string With(string text, string value) => value.Length == 0 ? text : $"{text}: {value}";
}
