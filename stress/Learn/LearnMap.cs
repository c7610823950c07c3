using ConcurrencySpecs.Lessons;
using ConcurrencySpecs.Lessons.Telling;

namespace ConcurrencySpecs.Stress.Learn;

/// <summary>Modules and their lessons: ✓ done, ▸ next.</summary>
internal sealed class LearnMap(Course course, Words words, Pen pen)
{
    public IEnumerable<string> Lines()
    {
        var progress = new Progress(course);
        LessonFiles? next = progress.Next();
        string module = "";
        foreach (LessonFiles lesson in course.Lessons)
        {
            if (lesson.Module != module) yield return pen.Strong(module = lesson.Module);
            string title = $"{lesson.Number,2}  {lesson.Text(words.Language).Title}";
            yield return progress.IsDone(lesson) ? $"  {pen.Good("✓")} {title}" : lesson == next ? pen.Strong($"  ▸ {title}") : $"    {title}";
        }

        yield return "";
        yield return next is null ? words.AllDone : words.Next(next.Relative(next.Learner));
        if (next is not null) yield return words.RunIt;
    }
}
