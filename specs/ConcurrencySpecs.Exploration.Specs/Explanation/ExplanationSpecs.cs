using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class An_explanation
{
    [Fact]
    public void names_the_cycle_of_a_deadlock()
    {
        Explained told = Explain(new Dpor(), AbBa);
        Assert.Equal(Outcome.Deadlock, told.Verdict.Outcome);
        Assert.StartsWith("Deadlock: main, thread 1 and thread 2 wait", told.Text, StringComparison.Ordinal);
        Assert.Contains("thread 1 waits for lock 2", told.Text, StringComparison.Ordinal);
        Assert.Contains("held by thread 2 since Program.cs:", told.Text, StringComparison.Ordinal);
        Assert.Contains("cycle: thread 1 → lock 2 → thread 2 → lock 1 → thread 1", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void recognises_a_lost_wake_up()
    {
        Explained told = Explain(new Dpor(), () =>
        {
            var mutex = new TestMutex();
            Run.Together(
                () => { mutex.Enter(); mutex.Wait(); mutex.Exit(); },
                () => { mutex.Enter(); mutex.Pulse(); mutex.Exit(); });
        });
        Assert.Equal(Outcome.Deadlock, told.Verdict.Outcome);
        string oneLine = string.Join(' ', told.Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("a lost wake-up: the last signal, by thread 2 at Program.cs:", oneLine, StringComparison.Ordinal);
    }

    [Fact]
    public void shows_values_and_lines_of_the_fewest_switches()
    {
        Explained told = Explain(new RandomWalk(11), LostUpdate);
        Assert.Contains("reads cell: 0", told.Text, StringComparison.Ordinal);
        Assert.Contains("writes cell: 1", told.Text, StringComparison.Ordinal);
        Assert.Contains("Program.cs:", told.Text, StringComparison.Ordinal);
        Assert.True(told.Schedule.Deviations.Count <= 2, told.Text);
    }

    [Fact]
    public void is_at_most_a_hundred_columns_wide()
    {
        foreach (Action body in (Action[])[AbBa, LostUpdate, ManyThreads])
        {
            string text = Explain(new RandomWalk(5), body).Text;
            Assert.All(text.Split('\n').Skip(1), line => Assert.True(line.Length <= 100, line));
        }
    }

    [Fact]
    public void is_the_same_to_the_byte_for_the_same_seed()
    {
        foreach (Action body in (Action[])[AbBa, LostUpdate, ManyThreads])
            Assert.Equal(Explain(new RandomWalk(7), body).Text, Explain(new RandomWalk(7), body).Text);
    }

    [Fact]
    public void folds_loops()
    {
        Explained told = Explain(new NoSwitch(), () =>
        {
            var cell = new Cell();
            for (int i = 0; i < 50; i++) cell.VolatileWrite(1);
            throw new InvalidOperationException("the end");
        });
        Assert.Contains("49 more times", told.Text, StringComparison.Ordinal);
        Assert.True(told.Text.Split('\n').Length < 15, told.Text);
    }

    [Fact]
    public void replays_from_one_word()
    {
        Explained told = Explain(new RandomWalk(3), LostUpdate);
        using var explorer = new Explorer();
        Explained again = new Explainer(explorer, LostUpdate).Replay(told.Replay);
        Assert.Equal(told.Text, again.Text);
        Assert.True(told.Replay.Length <= 40, told.Replay);
    }

    [Fact]
    public void refuses_a_word_of_another_program()
    {
        Explained told = Explain(new RandomWalk(3), LostUpdate);
        using var explorer = new Explorer();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => new Explainer(explorer, AbBa).Replay(told.Replay));
        Assert.Contains("does not fit this body", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_a_damaged_word()
    {
        string word = Explain(new RandomWalk(3), LostUpdate).Replay;
        using var explorer = new Explorer();
        var explainer = new Explainer(explorer, LostUpdate);
        Assert.Throws<FormatException>(() => explainer.Replay(word[..^1]));
        Assert.Throws<FormatException>(() => explainer.Replay("hello"));
        Assert.Throws<FormatException>(() => explainer.Replay(word[..5] + (word[5] == 'A' ? 'B' : 'A') + word[6..]));
    }

    private static Explained Explain(Strategy strategy, Action body)
    {
        using var explorer = new Explorer();
        SearchResult result = explorer.Run(body, strategy, new SearchBounds { Schedules = 10_000 });
        return new Explainer(explorer, body).Explain(result);
    }

    private static void AbBa()
    {
        TestMutex a = new(), b = new();
        Run.Together(() => Both(a, b), () => Both(b, a));
        static void Both(TestMutex first, TestMutex second)
        {
            first.Enter();
            second.Enter();
            second.Exit();
            first.Exit();
        }
    }

    private static void LostUpdate()
    {
        var cell = new Cell();
        Run.Together(Increment, Increment);
        void Increment() => cell.Write(cell.Read() + 1);
        if (cell.Peek != 2) throw new InvalidOperationException($"2 increments made {cell.Peek}");
    }

    private static void ManyThreads()
    {
        var cell = new Cell();
        Run.Together([.. Enumerable.Repeat<Action>(() => cell.Write(cell.Read() + 1), 9)]);
        if (cell.Peek != 9) throw new InvalidOperationException($"9 increments made {cell.Peek}");
    }
}
