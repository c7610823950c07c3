using ConcurrencySpecs.Lessons;
using ConcurrencySpecs.Stress;
using ConcurrencySpecs.Stress.Learn;

public sealed class The_learn_command : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("concurrencyspecs-learn-").FullName;

    public The_learn_command()
    {
        foreach (LessonFiles lesson in Course.Here.Lessons.Take(2))
        {
            string from = Path.GetDirectoryName(lesson.Answer)!, to = Path.Combine(_folder, lesson.Module, lesson.Name);
            Directory.CreateDirectory(to);
            foreach (string file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
            File.Copy(lesson.Shipped, to + ".cs");
        }
    }

    private Course Lessons => new(_folder);

    [Fact]
    public async Task shows_which_lesson_is_next()
    {
        (int code, string output, _) = await Learn();
        Assert.Equal(0, code);
        Assert.Contains($"  ▸  1  ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ticks_off_what_has_passed_until_it_is_edited_again()
    {
        LessonFiles first = Lessons.Lesson(1);
        new Progress(Lessons).Passed(first);
        Assert.Contains("  ✓  1  ", (await Learn()).Output, StringComparison.Ordinal);
        await File.AppendAllTextAsync(first.Learner, "// changed", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("✓", (await Learn()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task brings_a_lesson_back_and_keeps_what_was_there()
    {
        LessonFiles first = Lessons.Lesson(1);
        await File.WriteAllTextAsync(first.Learner, "// mine", TestContext.Current.CancellationToken);
        await Learn("reset", "1");
        Assert.Equal(File.ReadAllText(first.Shipped), File.ReadAllText(first.Learner));
        Assert.Equal("// mine", File.ReadAllText(first.Learner + ".before"));
    }

    [Fact]
    public async Task brings_a_deleted_lesson_back()
    {
        File.Delete(Lessons.Lesson(2).Learner);
        Assert.Equal(0, (await Learn("reset", "2")).Code);
        Assert.True(File.Exists(Lessons.Lesson(2).Learner));
    }

    [Fact]
    public async Task reveals_no_more_hints_than_asked_for()
    {
        Assert.Single(Lines((await Learn("hint", "1")).Output));
        Assert.Equal(3, Lines((await Learn("hint", "1", "3")).Output).Length);
        Assert.NotEqual(0, (await Learn("hint", "1", "4")).Code);
    }

    [Fact]
    public async Task names_the_lessons_that_there_are()
    {
        (int code, _, string error) = await Learn("reset", "99");
        Assert.Equal(1, code);
        Assert.Contains("99", error, StringComparison.Ordinal);
        Assert.Contains("2", error, StringComparison.Ordinal);
        Assert.Contains("Locks", (await Learn("card", "Ponies")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_the_story_of_the_next_lesson() =>
        Assert.Contains("Lesson01.cs", (await Learn("next")).Output, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<(int Code, string Output, string Error)> Learn(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await StressTool.RunAsync(["learn", .. arguments], output, error, [LearnCommand.Build(() => Lessons)], CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
