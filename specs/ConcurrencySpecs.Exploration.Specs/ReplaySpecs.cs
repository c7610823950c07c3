using System.Diagnostics;
using ConcurrencySpecs.Exploration;

public sealed class A_failing_schedule
{
    private const string Child = "CONCURRENCYSPECS_CHILD";

    private static readonly Action _lostUpdate = () =>
    {
        int n = 0;
        Task.WaitAll(Task.Run(() => n++), Task.Run(() => n++));
        Assert.Equal(2, n);
    };

    [Fact]
    public void is_taken_again_from_its_string()
    {
        ExplorationFailedException found = Fails(() => Explore.Every(_lostUpdate));
        ExplorationFailedException again = Fails(() => Explore.Replay(found.Result.Counterexample!.Schedule, _lostUpdate));
        Assert.Equal(found.Result.Counterexample!.Schedule, again.Result.Counterexample!.Schedule);
        Assert.Equal(found.Result.Counterexample.Verdict, again.Result.Counterexample.Verdict);
        Assert.Equal(1, again.Result.Schedules);
        Assert.False(again.Result.Exhausted);
    }

    [Fact]
    public void has_a_string_that_is_refused_when_damaged()
    {
        Assert.Contains("no-schedule", Assert.Throws<ExplorationRefusedException>(() => Explore.Replay("no-schedule", _lostUpdate))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void has_a_string_that_is_refused_for_another_body()
    {
        string schedule = Fails(() => Explore.Every(_lostUpdate)).Result.Counterexample!.Schedule;
        var refused = Assert.Throws<ExplorationRefusedException>(() => Explore.Replay(schedule, () => { }));
        Assert.Contains("does not fit this body", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void is_drawn_in_columns_of_at_most_100_characters_after_a_verdict_of_one_line()
    {
        ExplorationFailedException failed = Fails(() => Explore.Every(_lostUpdate));
        Assert.DoesNotContain('\n', failed.Message);
        Assert.StartsWith("\n", failed.StackTrace, StringComparison.Ordinal);
        string diagram = failed.Result.Counterexample!.Explanation;
        Assert.Contains("ReplaySpecs.cs:", diagram, StringComparison.Ordinal);
        Assert.All(diagram.Split("\nXunit.")[0].Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.DoesNotContain("at ConcurrencySpecs.Exploration.", diagram, StringComparison.Ordinal);
    }

    [Fact]
    public void prints_the_command_that_runs_it_again()
    {
        ExplorationFailedException failed = Fails(() => Explore.Every(_lostUpdate));
        Counterexample example = failed.Result.Counterexample!;
        Assert.Equal(
            $"CONCURRENCYSPECS_SCHEDULE='{example.Schedule}' dotnet test --project specs/ConcurrencySpecs.Exploration.Specs{Release} "
            + $"--filter-method \"A_failing_schedule.{nameof(prints_the_command_that_runs_it_again)}\"", example.Command);
        Assert.Contains(example.Command, failed.StackTrace, StringComparison.Ordinal);
        Assert.Contains($"[Replay(\"{example.Schedule}\")]", failed.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void prints_the_arguments_of_its_program_as_a_shell_takes_them()
    {
        Assert.Equal("", FactUnderTest.Arguments(" -- ", []));
        string[] given = ["--rounds=3", "two words", "it's", "", "$HOME", "a*"];
        string quoted = FactUnderTest.Arguments(" -- ", given);
        Assert.StartsWith(" -- --rounds=3 'two words' ", quoted, StringComparison.Ordinal);
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"printf '%s\\n'{quoted[3..]}"]) { RedirectStandardOutput = true })!;
        Assert.Equal(string.Join('\n', given) + "\n", shell.StandardOutput.ReadToEnd());
        shell.WaitForExit();
    }

    // Run by itself, and once more by the command that its own failure prints: there it lets the failure out.
    [Fact]
    public void is_taken_again_by_the_command_as_printed()
    {
        ExplorationFailedException failed = Fails(() => Explore.Every(_lostUpdate));
        if (Environment.GetEnvironmentVariable(Child) is not null) throw failed;
        Counterexample example = failed.Result.Counterexample!;
        string output = Shell($"{example.Command} --no-build");      // a build would replace the files of this very process
        Assert.Contains($"{example.Verdict} (schedule 1)", output, StringComparison.Ordinal);
        Assert.Contains($"replay: {example.Schedule}", output, StringComparison.Ordinal);
    }

    [Fact]
    public void is_the_only_one_that_a_fact_with_a_replay_attribute_takes()
    {
        // the string depends on the lines of this file no more than on their order: it names threads and steps
        string schedule = Fails(() => Explore.Every(_lostUpdate)).Result.Counterexample!.Schedule;
        Assert.Equal(schedule, new ReplayAttribute(schedule).Schedule);
        var refused = Assert.Throws<ExplorationRefusedException>(() => { Annotated(); });
        Assert.Contains("x1.damaged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void is_the_same_in_every_run()
    {
        ExplorationFailedException one = Fails(() => Explore.Every(_lostUpdate)), other = Fails(() => Explore.Every(_lostUpdate));
        Assert.Equal(one.StackTrace, other.StackTrace);
        Assert.Equal(one.Message, other.Message);
    }

    [Replay("x1.damaged")]
    private static void Annotated() => Explore.Every(_lostUpdate);

    private static string Release => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? " -c Release" : "";

    private static string Shell(string command)
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!root.EnumerateFiles("*.sln").Any()) root = root.Parent!;
        var start = new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = root.FullName, RedirectStandardOutput = true };
        (start.Environment[Child], start.Environment["DOTNET_CLI_UI_LANGUAGE"], start.Environment["MSBUILDDISABLENODEREUSE"]) = ("1", "en", "1");
        using Process shell = Process.Start(start)!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.NotEqual(0, shell.ExitCode);
        return output;
    }

    private static ExplorationFailedException Fails(Func<ExplorationResult> explore) => Assert.Throws<ExplorationFailedException>(() => { explore(); });
}
