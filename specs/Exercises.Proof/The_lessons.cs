using ConcurrencySpecs.Lessons.Judging;
using ConcurrencySpecs.Lessons.Telling;

/// <summary>Every lesson with every content that is known for it.</summary>
/// <remarks>What each comes to is recorded beside it; CONCURRENCYSPECS_APPROVE=1 records it anew.</remarks>
public sealed class The_lessons
{
    private static readonly bool _approve = Environment.GetEnvironmentVariable("CONCURRENCYSPECS_APPROVE") == "1";

    public static TheoryData<string> Lessons => [.. Course.Here.Lessons.Select(lesson => lesson.Name)];

    [Theory, MemberData(nameof(Lessons))]
    public void pass_with_the_answer_alone(string lesson)
    {
        foreach (Variant variant in Of(lesson))
        {
            Finding? found = variant.Run();
            Assert.True(variant.IsAnswer == found is null, found is null ? $"{variant} passes." : Page(variant, found));
        }
    }

    [Theory, MemberData(nameof(Lessons))]
    public void fail_with_the_recorded_finding_and_schedule(string lesson)
    {
        string seen = string.Concat(Of(lesson).Where(variant => !variant.IsAnswer).Select(variant => Page(variant, variant.Run()!)));
        LessonFiles files = Of(lesson)[0].Files;
        if (_approve) File.WriteAllText(files.Recorded, seen);
        Assert.True(File.Exists(files.Recorded), $"{files.Recorded} is missing. Record it: CONCURRENCYSPECS_APPROVE=1, and run this spec again.");
        Assert.Equal(File.ReadAllText(files.Recorded), seen);
    }

    [Theory, MemberData(nameof(Lessons))]
    public void say_the_same_to_the_byte_in_every_run(string lesson)
    {
        foreach (Variant variant in Of(lesson).Where(variant => !variant.IsAnswer))
            foreach (Words words in (Words[])[Words.English, Words.Spanish])
                Assert.Equal(Teaching.Of(variant.Run()!, variant.Files, words, 3), Teaching.Of(variant.Run()!, variant.Files, words, 3));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void come_back_with_the_word_that_they_print(string lesson)
    {
        foreach (Variant variant in Of(lesson).Where(variant => !variant.IsAnswer))
        {
            Finding found = variant.Run()!;
            if (found.Word.Length == 0) continue;           // the learner's own schedule is in the file already
            Finding again = Replayed(variant, found.Word)!;
            Assert.Equal((found.Key, found.Word, 0), (again.Key, again.Word, again.FoundAt));
        }
    }

    [Theory, MemberData(nameof(Lessons))]
    public void have_a_message_of_their_own_for_each_near_miss(string lesson)
    {
        Variant[] near = [.. Of(lesson).Where(variant => variant.IsNearMiss)];
        Assert.NotEmpty(near);
        string shipped = Of(lesson).Single(variant => variant.Name == "Shipped").Run()!.Key;
        string[] keys = [.. near.Select(variant => variant.Run()!.Key), shipped];
        Assert.Distinct(keys);
        Assert.All(keys, key => Assert.Contains(key, Of(lesson)[0].Files.Text("en").Findings));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void are_delivered_as_shipped(string lesson)
    {
        LessonFiles files = Of(lesson)[0].Files;
        bool same = File.Exists(files.Learner) && File.ReadAllText(files.Learner) == File.ReadAllText(files.Shipped);
        Assert.SkipUnless(same || Environment.GetEnvironmentVariable("CI") is { Length: > 0 },
            $"{files.Relative(files.Learner)} is being worked on. `dotnet run --project stress -- learn reset {files.Number}` brings it back.");
        Assert.True(same, $"{files.Relative(files.Learner)} and {files.Relative(files.Shipped)} have to be the same when they are committed.");
    }

    [Theory, MemberData(nameof(Lessons))]
    public void lead_test_explorers_to_the_line_to_mend(string lesson)
    {
        LessonFiles files = Course.Here.LessonOf($"/_/specs/Exercises/Anywhere/{lesson}/{lesson}Spec.cs");
        Assert.Equal(lesson, files.Name);
        string[] learners = File.ReadAllLines(files.Learner);
        bool begun = !learners.SequenceEqual(File.ReadAllLines(files.Shipped));
        Assert.True(begun || learners[files.LineToMend - 1].TrimStart().StartsWith("// TODO: ", StringComparison.Ordinal), $"{files.LineToMend}");
    }

    [Theory, MemberData(nameof(Lessons))]
    public void fit_their_shape(string lesson)
    {
        Variant[] variants = Of(lesson);
        Assert.Single(variants, variant => variant.Name == "Shipped");
        Assert.Single(variants, variant => variant.Name == "Answer");
        Assert.Single(variants, variant => variant.Name == "Emptied");
        string[] shipped = File.ReadAllLines(variants[0].Files.Shipped);
        Assert.InRange(shipped.Length, 1, 29);
        Assert.Single(shipped, line => line.Contains("TODO", StringComparison.Ordinal));
        Assert.DoesNotContain(variants.Where(variant => variant.Name != "Shipped"), variant =>
            File.ReadAllText(variant.File).Contains("TODO", StringComparison.Ordinal));
    }

    private static Variant[] Of(string lesson) => [.. Variant.All.Where(variant => variant.Files.Name == lesson)];

    private static Finding? Replayed(Variant variant, string word)
    {
        const string Variable = "CONCURRENCYSPECS_SCHEDULE";
        Environment.SetEnvironmentVariable(Variable, word);     // nothing else runs: the classes of this program take turns
        try
        {
            return variant.Run();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    private static string Page(Variant variant, Finding found) =>
        $"== {variant.Name}: {found.Key} {found.Word}\n{Teaching.Shown(found, variant.Files.Text("en"), Words.English)}\n";
}
