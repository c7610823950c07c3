using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Lessons.Telling;

/// <summary>Steps and the objects that they are on, in a learner's words.</summary>
internal static class Phrase
{
    /// <summary>"read  balance → 0", "enter lock 1", "Wait semaphore 1 ✗" for a wait that came to nothing.</summary>
    public static string Of(RecordedStep taken, Words words) => Of(taken.Step, taken.Object, taken.Value, words) + (taken.Unchanged ? " ✗" : "");

    /// <summary>A step that has not been taken.</summary>
    public static string Of(WaitingStep waiting, Words words) => Of(waiting.Step, waiting.Object, null, words);

    /// <summary>"lock 1" for "Monitor 1".</summary>
    public static string Object(string? name, Words words)
    {
        if (name is null) return "?";
        int space = name.LastIndexOf(' ');
        return space < 0 ? name : words.Noun(name[..space]) + name[space..];
    }

    public static string Thread(int thread, Words words) => words.Thread(Evidence.NameOf(thread));

    private static string Of(in Step step, string? on, string? value, Words words)
    {
        Site site = SiteTable.Of(step.Site);
        return step.Kind switch
        {
            StepKind.Join => words.Joins(on ?? "?"),
            StepKind.Wake => words.WakesUp(Object(on, words)),
            StepKind.Acquire when IsLock(step) => words.Enters(Object(on, words)),
            StepKind.Release when IsLock(step) => words.Leaves(Object(on, words)),
            StepKind.Read or StepKind.VolatileRead when IsField(site) => words.Reads(LastName(site.What), value),
            StepKind.Write or StepKind.VolatileWrite when IsField(site) => words.Writes(LastName(site.What), value),
            _ => (on is null ? site.What : $"{LastName(site.What)} {Object(on, words)}") + (Tells(value) ? $" → {value}" : ""),
        };
    }

    private static bool IsLock(in Step step) => step.On is { Noun: "Monitor" or "Lock" };

    // Success goes without saying, and failure has its cross.
    private static bool Tells(string? value) => value is not (null or "true" or "false" or "timed out");

    // Calls into shared code and of twins have no type of a value.
    private static bool IsField(Site site) => site.Type is not null && !site.What.StartsWith("Volatile.", StringComparison.Ordinal);

    // A lesson is one class and its objects are named, so the name of the class says nothing new.
    private static string LastName(string member) => member[(member.LastIndexOf('.') + 1)..];
}
