using System.Globalization;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Lessons.Judging;
using ConcurrencySpecs.Lessons.Telling;

namespace ConcurrencySpecs.Lessons;

/// <summary>What a learner has to make pass.</summary>
/// <remarks>A class named <c>Lesson_07_Title</c> with one fact, which calls <see cref="Every"/> or <see cref="Breaks"/>.
/// A failure is an <see cref="UnsolvedException"/> that teaches; success prints the afterword and is written down for <c>stress learn</c>.</remarks>
public abstract class Lesson
{
    private const int RunnersWidth = Diagram.Width - 4;      // runners indent what a test prints

    /// <summary>The number in the class's name.</summary>
    public int Number => int.Parse(GetType().Name.Split('_')[1], NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Which section of the lesson's text explains what was found; by default the one with the finding's own key.</summary>
    /// <param name="seen">The failing schedule.</param>
    protected virtual string Explain(Evidence seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return seen.Key;
    }

    /// <summary>Passes when no schedule of <paramref name="body"/> fails.</summary>
    protected void Every(Action body, [CallerMemberName] string fact = "")
    {
        Finding? found = Judge.Every(this, body, fact);
        Conclude(found is not null && Settings.Steering is { } letters ? Judge.Shown(this, letters, body) : found);
    }

    /// <summary>Passes when the learner's own choice of steps makes <paramref name="body"/> fail.</summary>
    /// <param name="schedule">A letter for each step: A is the first thread, B the second.</param>
    /// <param name="body">What is scheduled.</param>
    protected void Breaks(string schedule, Action body) =>
        Conclude(Settings.Steering is { } letters ? Judge.Shown(this, letters, body) : Judge.Breaks(this, schedule, body));

    /// <summary>Inside a body: runs each delegate as a thread, named A, B … in this order, and waits for all of them.</summary>
    protected static void Together(params Action[] threads) => TwinHost.Together(threads);

    /// <summary>Inside a body: the same, and what each of them returns; returning is no step.</summary>
    protected static T[] Results<T>(params Func<T>[] threads)
    {
        ArgumentNullException.ThrowIfNull(threads);
        var results = new T[threads.Length];
        Together([.. threads.Select<Func<T>, Action>((thread, index) => () => results[index] = thread())]);
        return results;
    }

    /// <summary>Inside a body: a requirement, and under which key the lesson's text speaks of its failure.</summary>
    protected static void Expect(bool holds, string key, params object[] arguments)
    {
        if (!holds) throw new LessonFindingException(key, arguments);
    }

    internal string Explained(Evidence seen) => Explain(seen);

    private void Conclude(Finding? found)
    {
        LessonFiles files = Course.Here.Lesson(Number);
        Progress? progress = GetType().Assembly.GetName().Name == Course.ExercisesAssembly ? new Progress(Course.Here) : null;
        if (found is not null)
        {
            progress?.Failed(files);
            throw new UnsolvedException(found, files);
        }
        if (progress is null) return;
        progress.Passed(files);
        Console.WriteLine(string.Join('\n', Afterword.Of(files, Words.Current).Split('\n').SelectMany(line => Wrapped.Lines(line, RunnersWidth))));
    }
}
