namespace ConcurrencySpecs.Lessons.Telling;

/// <summary>The last words of a solved lesson.</summary>
internal static class Afterword
{
    /// <summary>What was learned, where a good answer is, and the card when a module ends here.</summary>
    public static string Of(LessonFiles lesson, Words words)
    {
        LessonText text = lesson.Text(words.Language);
        List<string> lines = [$"✓ {Teaching.Heading(lesson, words)}", string.Join(' ', text.Afterword), words.Answer(lesson.Relative(lesson.Answer))];
        if (Course.Here.EndsModule(lesson)) lines.Add(words.Card(lesson.Relative(lesson.Card(words.Language))));
        return string.Join('\n', lines);
    }
}
