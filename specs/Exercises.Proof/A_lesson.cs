using ConcurrencySpecs.Lessons.Judging;
using ConcurrencySpecs.Lessons.Telling;

/// <summary>What learners write that is neither the answer nor a near-miss.</summary>
public sealed class A_lesson
{
    [Fact]
    public void ends_an_infinite_loop_at_its_bound_with_the_schedule_so_far()
    {
        Finding found = Found(lesson => lesson.Loops());
        Assert.Equal("endless", found.Key);
        Assert.Contains("write _rounds ←", Shown(found), StringComparison.Ordinal);
        Assert.Contains("lines left out", Shown(found), StringComparison.Ordinal);
        Assert.Contains("600", Shown(found), StringComparison.Ordinal);
    }

    [Fact]
    public void shows_a_round_of_a_loop_once()
    {
        Finding found = Found(lesson => lesson.Spins());
        Assert.Equal("endless", found.Key);
        Assert.Contains("read  _rounds → 0", Shown(found), StringComparison.Ordinal);
        Assert.Contains("more times", Shown(found), StringComparison.Ordinal);
    }

    [Fact]
    public void ends_a_loop_that_takes_no_step_with_the_schedule_so_far()
    {
        foreach (Action<Lesson_01_Samples> body in (Action<Lesson_01_Samples>[])[lesson => lesson.Circles(), lesson => lesson.Counts()])
        {
            Finding found = Found(body);
            Assert.Equal("circling", found.Key);
            Assert.Matches(@"^a thread goes round and round at A_lesson\.cs:\d+ and looks at nothing", Shown(found));
            Assert.Contains("write _rounds ← 1", Shown(found), StringComparison.Ordinal);
            Assert.NotEmpty(found.Word);
        }
    }

    [Fact]
    public void ends_a_recursion_without_end() =>
        Assert.Contains("Calls within calls have used up the stack, the last of them in Rounds.Deeper", string.Join(' ', Shown(Found(lesson => lesson.Recurses()))
            .Split('\n')), StringComparison.Ordinal);

    [Fact]
    public void is_not_passed_by_a_search_that_left_schedules_out()
    {
        Finding found = Found(lesson => lesson.LooksTenTimes());
        Assert.Equal("unexhausted", found.Key);
        Assert.Contains("which ends by itself after more than 3 equal rounds", string.Join(' ', Shown(found).Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void keeps_to_100_columns_whatever_is_thrown_unless_a_word_is_longer()
    {
        string[] lines = Shown(Found(lesson => lesson.ThrowsMuch())).Split('\n');
        Assert.Single(lines, Lesson_01_Samples.LongWord);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, line == Lesson_01_Samples.LongWord ? int.MaxValue : Diagram.Width));
    }

    [Fact]
    public void tells_an_exception_that_it_has_no_words_for() =>
        Assert.Contains("thread A threw NotSupportedException", Shown(Found(lesson => lesson.Throws())), StringComparison.Ordinal);

    [Fact]
    public void shows_what_each_thread_would_do_next_after_the_steps_that_the_learner_chose()
    {
        Finding found = Found(lesson => lesson.Steered("A?"));
        Assert.Equal("unfinished", found.Key);
        string shown = Shown(found);
        Assert.Contains("thread A would: write _rounds", shown, StringComparison.Ordinal);
        Assert.Contains("thread B would: read  _rounds", shown, StringComparison.Ordinal);
    }

    [Theory, InlineData("C"), InlineData("?A"), InlineData("1"), InlineData("AAA")]
    public void refuses_letters_that_fit_no_step(string letters) =>
        Assert.Contains(Found(lesson => lesson.Steered(letters)).Key, (string[])["impossible", "unfinished"]);

    [Fact]
    public void is_passed_by_a_schedule_that_breaks_it() => new Lesson_01_Samples().Steered("ABAB");

    [Fact]
    public void has_a_first_line_that_is_its_title()
    {
        var unsolved = Assert.Throws<UnsolvedException>(new Lesson_01_Samples().Throws);
        Assert.Equal(Teaching.Number(Course.Here.Lesson(1), Words.Current), unsolved.Message);
        Assert.StartsWith($"\n{Teaching.Heading(Course.Here.Lesson(1), Words.Current)}\n", unsolved.StackTrace, StringComparison.Ordinal);
    }

    private static Finding Found(Action<Lesson_01_Samples> body) => Assert.Throws<UnsolvedException>(() => body(new Lesson_01_Samples())).Found;

    private static string Shown(Finding found) => Teaching.Shown(found, Course.Here.Lesson(1).Text("en"), Words.English);
}

internal sealed class Lesson_01_Samples : Lesson
{
    public static string LongWord { get; } = new('x', 120);

    public void Loops() => Every(() =>
    {
        var rounds = new Rounds();
        Together(rounds.Loop);
    });

    public void Spins() => Every(() =>
    {
        var rounds = new Rounds();
        Together(rounds.Spin);
    });

    public void Circles() => Every(() =>
    {
        var rounds = new Rounds();
        Together(rounds.Circle, rounds.Count);
    });

    public void Counts() => Every(() =>
    {
        var rounds = new Rounds();
        Together(rounds.CountInVain, rounds.Count);
    });

    public void Recurses() => Every(() => Together(() => Rounds.Deeper(1)));

    public void LooksTenTimes() => Every(() =>
    {
        var rounds = new Rounds();
        Together(rounds.LookTenTimes, rounds.Count);
    });

    public void ThrowsMuch() => Every(() =>
        Together(() => throw new NotSupportedException($"{LongWord} {string.Concat(Enumerable.Repeat("and on ", 40))}\nand more")));

    public void Throws() => Every(() => Together(() => throw new NotSupportedException("not like this")));

    public void Steered(string letters) => Breaks(letters, () =>
    {
        var rounds = new Rounds();
        Together(rounds.Count, rounds.Count);
        Expect(rounds.Counted == 2, "lost", rounds.Counted);
    });

    private sealed class Rounds
    {
        private int _rounds;

        public static int Deeper(int depth) => Deeper(depth + 1) + depth;

        public int Counted => _rounds;

        public void Count() => _rounds++;

        public void Loop()
        {
            while (true) _rounds++;
        }

        public void Circle()
        {
            _rounds = 1;
            while (true) { }
        }

        public void CountInVain()
        {
            _rounds = 1;
            for (long i = 1; i > 0; i++) i %= 1000;
        }

        public void LookTenTimes()
        {
            for (int i = 0; i < 10 && _rounds == 0; i++) { }
        }

        public void Spin()
        {
            while (_rounds == 0) { }
        }
    }
}
