using System.Globalization;

namespace ConcurrencySpecs.Lessons.Telling;

/// <summary>The words of the machinery in one language; what belongs to a lesson is in its text.</summary>
public abstract class Words
{
    public static Words English { get; } = new EnglishWords();

    public static Words Spanish { get; } = new SpanishWords();

    /// <summary>CONCURRENCYSPECS_LANG, else the language of the system: LC_ALL, LC_MESSAGES, LANG, the user's culture. English unless it is Spanish.</summary>
    public static Words Current
    {
        get
        {
            string? asked = ((string[])["CONCURRENCYSPECS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"])
                .Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
            return (asked ?? CultureInfo.CurrentUICulture.Name).StartsWith("es", StringComparison.OrdinalIgnoreCase) ? Spanish : English;
        }
    }

    /// <summary>As in the names of the text files.</summary>
    public abstract string Language { get; }

    public abstract string Lesson(int number, int of);
    public abstract string FoundAt(long schedule);
    public abstract string Replayed { get; }
    public abstract string Step { get; }
    public abstract string Thread(char name);
    public abstract string Reads(string what, string? value);
    public abstract string Writes(string what, string? value);
    public abstract string Enters(string what);
    public abstract string Leaves(string what);
    public abstract string WakesUp(string what);
    public abstract string Joins(string what);
    public abstract string Noun(string noun);
    public abstract string Again(int steps, int times);
    public abstract string LeftOut(int lines);
    public abstract string WaitsFor(string who, string what, string place);
    public abstract string HeldBy(string holder, string since, bool ended);
    public abstract string NeverSignalled { get; }
    public abstract string NoneLeft { get; }
    public abstract string TooEarly(string by, string place);
    public abstract string UsedUp(string by, string place);
    public abstract string WouldGoOn(string who, string step);
    public abstract string Repeats(string who, string place);
    public abstract string Would { get; }
    public abstract string Waits { get; }
    public abstract string Cycle { get; }
    public abstract string Why { get; }
    public abstract string Task { get; }
    public abstract string Replay { get; }
    public abstract string ByHand { get; }
    public abstract string Hint { get; }
    public abstract string InTheEnd { get; }
    public abstract string Answer(string path);
    public abstract string Card(string path);
    public abstract string Next(string path);
    public abstract string AllDone { get; }
    public abstract string RunIt { get; }
    public abstract string Reset(string path, string? before);
    public abstract string NoLesson(int number, int last);
    public abstract string NoModule(string name, string known);

    /// <summary>What happened, for findings on which the lesson has nothing more exact to say.</summary>
    public abstract string Finding(string key);
}
