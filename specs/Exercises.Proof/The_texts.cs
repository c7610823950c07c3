using ConcurrencySpecs.Lessons.Telling;

/// <summary>English and Spanish say the same things in the same places.</summary>
public sealed class The_texts
{
    public static TheoryData<string> Lessons => The_lessons.Lessons;

    public static TheoryData<string> Modules => [.. Course.Here.Lessons.Select(lesson => lesson.Module).Distinct()];

    [Theory, MemberData(nameof(Lessons))]
    public void have_the_same_structure_in_both_languages(string lesson)
    {
        LessonFiles files = Course.Here.Lessons.Single(one => one.Name == lesson);
        LessonText english = files.Text("en"), spanish = files.Text("es");
        Assert.NotEqual(english.Title, spanish.Title);
        Assert.Equal(Headings(english.File), Headings(spanish.File));
        Assert.Equal(Shape(english), Shape(spanish));
        Assert.Equal(3, english.Hints.Count);
        Assert.All((LessonText[])[english, spanish], text =>
            Assert.All(text.Findings, key => Assert.True(text.Finding(key)!.Value.Why.Count > 0, $"{text.File}: {key} has no why.")));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void fit_into_100_columns(string lesson)
    {
        foreach (Variant variant in Variant.All.Where(variant => variant.Files.Name == lesson && !variant.IsAnswer))
            foreach (Words words in (Words[])[Words.English, Words.Spanish])
                Assert.All(Teaching.Of(variant.Run()!, variant.Files, words, 3).Split('\n'), line => Assert.InRange(line.Length, 0, Diagram.Width));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void fit_into_100_columns_with_what_the_runner_puts_before_them(string lesson)
    {
        Variant shipped = Variant.All.Single(variant => variant.Files.Name == lesson && variant.Name == "Shipped");
        Assert.InRange($"con errores {shipped.Title} (10s 999ms)".Length, 0, 100);      // "failed" is shorter
        foreach (Words words in (Words[])[Words.English, Words.Spanish])
            Assert.InRange($"  Xunit.MicrosoftTestingPlatform.XunitException: UnsolvedException : {Teaching.Number(shipped.Files, words)}".Length, 0, 100);
    }

    [Fact]
    public void say_at_the_last_lesson_how_to_read_its_last_words()
    {
        foreach (Variant variant in Variant.All.Where(variant => variant.Name == "Shipped"))
        {
            bool last = variant.Files.Number == Course.Here.Lessons.Max(lesson => lesson.Number);
            Assert.Equal(last, Teaching.Of(variant.Run()!, variant.Files, Words.English, 0).Contains("dotnet test --output Detailed", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Modules))]
    public void end_every_module_with_a_card(string module)
    {
        LessonFiles last = Course.Here.Lessons.Last(lesson => lesson.Module == module);
        foreach (string language in (string[])["en", "es"])
        {
            string[] card = File.ReadAllLines(last.Card(language));
            Assert.Equal(Headings(last.Card("en")), Headings(last.Card(language)));
            Assert.Equal(3, Numbered(card, "## rules"));
            Assert.Contains("```", card);
            Assert.Equal(5, Numbered(card, "## questions"));
            Assert.Equal(5, Numbered(card, "## answers"));
        }
    }

    private static string[] Headings(string file) => [.. File.ReadLines(file).Where(line => line.StartsWith("##", StringComparison.Ordinal))];

    private static int[] Shape(LessonText text) =>
        [text.Story.Count, text.Task.Count, text.Hints.Count, text.Afterword.Count, .. text.Findings.Select(key => text.Finding(key)!.Value.Why.Count)];

    private static int Numbered(string[] lines, string heading) => lines.SkipWhile(line => line != heading).Skip(1)
        .TakeWhile(line => !line.StartsWith('#')).Count(line => line.Length > 0 && char.IsAsciiDigit(line[0]));
}
