using System.CommandLine;
using ConcurrencySpecs.Lessons;
using ConcurrencySpecs.Lessons.Telling;

namespace ConcurrencySpecs.Stress.Learn;

/// <summary><c>learn</c>: the map of the lessons, the next one, hints, cards, and starting a lesson again.</summary>
internal static class LearnCommand
{
    public static Command Build() => Build(() => Course.Here);

    public static Command Build(Func<Course> course)
    {
        var command = new Command("learn", "The lessons: which are done, and which is next.");
        command.SetAction(parsed => Answer(parsed, () => new LearnMap(course(), Words.Current, Pen.For(parsed)).Lines()));

        var next = new Command("next", "The story of the next lesson; opens its file in $VISUAL or $EDITOR on a terminal.");
        next.SetAction(parsed => Answer(parsed, () => Next(course(), parsed)));

        var number = new Argument<int>("lesson") { Description = "The number of a lesson." };
        var reset = new Command("reset", "Brings the file of a lesson back to what was delivered; keeps yours beside it.") { number };
        reset.SetAction(parsed => Answer(parsed, () => Reset(Find(course(), parsed.GetValue(number)))));

        var deep = new Argument<int>("hint") { Description = "1 a question, 2 the principle, 3 the code.", DefaultValueFactory = _ => 1 };
        deep.AcceptOnlyFromAmong("1", "2", "3");
        var hint = new Command("hint", "Shows the hints of a lesson, up to the one asked for.") { number, deep };
        hint.SetAction(parsed => Answer(parsed, () =>
            Find(course(), parsed.GetValue(number)).Text(Words.Current.Language).Hints.Take(parsed.GetValue(deep)).Select((text, i) => $"{i + 1}. {text}")));

        var module = new Argument<string>("module") { Description = "Locks, Queues …" };
        var card = new Command("card", "What to take along from a module: three rules, a picture, five questions.") { module };
        card.SetAction(parsed => Answer(parsed, () => Card(course(), parsed.GetValue(module)!)));

        foreach (Command part in (Command[])[next, reset, hint, card]) command.Add(part);
        return command;
    }

    private static int Answer(ParseResult parsed, Func<IEnumerable<string>> lines)
    {
        try
        {
            foreach (string line in lines()) parsed.InvocationConfiguration.Output.WriteLine(line);
            return 0;
        }
        catch (Exception exception) when (exception is UsageException or IOException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static IEnumerable<string> Next(Course course, ParseResult parsed)
    {
        Words words = Words.Current;
        if (new Progress(course).Next() is not { } lesson) return [words.AllDone];
        LessonText text = lesson.Text(words.Language);
        if (Pen.IsTerminal(parsed)) Editor.Open(lesson.Learner);
        return
        [
            $"{words.Lesson(lesson.Number, course.Lessons.Count)} · {text.Title}", "", .. text.Story, "",
            words.Next(lesson.Relative(lesson.Learner)), words.RunIt,
        ];
    }

    private static IEnumerable<string> Reset(LessonFiles lesson)
    {
        string? before = null;
        if (File.Exists(lesson.Learner) && File.ReadAllText(lesson.Learner) != File.ReadAllText(lesson.Shipped))
        {
            before = lesson.Learner + ".before";
            File.Move(lesson.Learner, before, overwrite: true);
        }
        File.Copy(lesson.Shipped, lesson.Learner, overwrite: true);
        return [Words.Current.Reset(lesson.Relative(lesson.Learner), before is null ? null : lesson.Relative(before))];
    }

    private static IEnumerable<string> Card(Course course, string typed)
    {
        LessonFiles lesson = course.Lessons.FirstOrDefault(one => Names.Same(typed, one.Module))
            ?? throw new UsageException(Words.Current.NoModule(typed, string.Join(", ", course.Lessons.Select(one => one.Module).Distinct())));
        return File.ReadLines(lesson.Card(Words.Current.Language));
    }

    private static LessonFiles Find(Course course, int number) => course.Lessons.FirstOrDefault(lesson => lesson.Number == number)
        ?? throw new UsageException(Words.Current.NoLesson(number, course.Lessons.Count));
}
