using ConcurrencySpecs.Stress.Verify;

public sealed class The_verify_command
{
    private const string Budget = "--budget=200ms";

    [Fact]
    public async Task is_meant_when_no_command_is_named()
    {
        Run run = await Run.Of([Subjects.Sound], [Subjects.Twin], Budget, "--seed", "42");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches("\n1 implementation × 1 engine: 1 held · 1 broken twin: caught, 1 of 1 seed · [0-9.]+ m?s · seed 42\n$", run.Output);
    }

    [Fact]
    public async Task prints_lines_without_colour_or_redraw_when_it_is_not_a_terminal()
    {
        Run run = await Run.Of([Subjects.Sound, Subjects.Unsound], [Subjects.Twin, Subjects.Escaping], "verify", Budget);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\r', run.Output);
        Assert.All(run.Output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public async Task shows_a_counterexample_and_the_command_that_brings_it_back()
    {
        Run run = await Run.Of([Subjects.Unsound], [], Budget, "--seed", "7");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("program  Add(); Add()", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "CONCURRENCYSPECS_SEED=7 dotnet run -c Release --project stress -- verify --only \"StuckTally\" --engine Sequential",
            run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task says_which_twin_escaped()
    {
        Run run = await Run.Of([], [Subjects.Escaping], Budget);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("HealthyTwin escaped Sequential", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 broken twin: 0 caught, 1 escaped", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did you mean Tally?", "--only", "Talli")]
    [InlineData("Did you mean Sequential?", "--engine", "sequentail")]
    [InlineData("--budget: '10' is not a length of time.", "--budget", "10")]
    [InlineData("--seed: 'x' is not a seed.", "--seed", "x")]
    [InlineData("Unrecognized command or argument '--frobnicate'.", "--frobnicate")]
    [InlineData("Give one of them a FILE.", "--json", "-", "--markdown")]
    [InlineData("its folder does not exist", "--json", "no/such/folder/report.json")]
    [InlineData("there is no file 'NOWHERE.md'", "--check-markdown", "NOWHERE.md")]
    public async Task explains_bad_arguments_and_runs_nothing(string explanation, params string[] arguments)
    {
        Run run = await Run.Of([Subjects.Sound], [Subjects.Twin], arguments);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(explanation, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("held", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lists_what_there_is_by_the_names_that_it_takes()
    {
        Run run = await Run.Of([Subjects.Sound, Subjects.AlsoSound], [Subjects.Twin], "--list");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            Engines
              Sequential: what passes agrees with its model

            Counting: implementations
              Tally

            Bookkeeping: implementations
              Ledger (two, columns)

            Counting: broken twins
              BrokenTally counts to one and stays there (Sequential)

            """, run.Output);
    }

    [Fact]
    public async Task ends_in_order_when_it_is_interrupted()
    {
        string matrix = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Run run = await Run.Of([Subjects.Sound], [Subjects.Twin], [Budget, "--markdown", matrix], new CancellationToken(canceled: true));
        Assert.Equal(VerifyReport.InterruptedByUser, run.ExitCode);
        Assert.Contains("\nInterrupted: 1 implementation × 1 engine: 0 held, 1 not run · 1 broken twin: 0 caught, 1 not run", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(matrix));
        Assert.Contains("The matrix was not written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task leaves_the_standard_output_to_what_is_asked_for_there()
    {
        Run run = await Run.Of([Subjects.Sound], [Subjects.Twin], Budget, "--markdown");
        Assert.Equal(MarkdownRenderer.Expected([Subjects.Sound], Subjects.Sequential), run.Output);
        Assert.Contains("1 held", run.Error, StringComparison.Ordinal);
    }
}
