using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Stress.Verify;
using ConcurrencySpecs.Testing.Engines;

public sealed class The_matrix
{
    [Fact]
    public void marks_what_held_by_topic_and_name() => Assert.Equal(
        """
        |  | Sequential | Threads |
        | :--- | :---: | :---: |
        | **Counting** |  |  |
        | Tally | ✓ | ✓ |
        | **Bookkeeping** |  |  |
        | Ledger (two, columns) | ✓ | ✓ |

        """, MarkdownRenderer.Expected([Subjects.Sound, Subjects.AlsoSound], [Engine.Sequential, Engine.Threads]));

    [Fact]
    public void marks_what_is_refuted_and_what_is_not_known()
    {
        string matrix = MarkdownRenderer.Render(Run.Report([Subjects.Sound, Subjects.Unsound, Subjects.Unrunnable], []));
        Assert.Contains("| Tally | ✓ |", matrix, StringComparison.Ordinal);
        Assert.Contains("| StuckTally | ✗ |", matrix, StringComparison.Ordinal);
        Assert.Contains("| Nothing | – |", matrix, StringComparison.Ordinal);
    }

    [Fact]
    public void is_the_same_for_every_run_that_comes_to_the_same() =>
        Assert.Equal(MarkdownRenderer.Expected([Subjects.Sound], Subjects.Sequential), MarkdownRenderer.Render(Run.Report([Subjects.Sound], [Subjects.Twin])));
}

public sealed class A_readme : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task has_its_matrix_brought_up_to_date_and_nothing_else()
    {
        await File.WriteAllTextAsync(_file, $"# Title\n{MatrixSection.Begin}\nold\n{MatrixSection.End}\nend\n");
        Run run = await Run.Of([Subjects.Sound], [], "--budget=100ms", "--markdown", _file);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"# Title\n{MatrixSection.Begin}\n{Matrix}{MatrixSection.End}\nend\n", await File.ReadAllTextAsync(_file));
    }

    [Fact]
    public async Task passes_the_check_when_its_matrix_is_the_one_of_the_run()
    {
        await File.WriteAllTextAsync(_file, $"{MatrixSection.Begin}\r\n{Matrix.Replace("\n", "\r\n", StringComparison.Ordinal)}\r\n{MatrixSection.End}\r\n");
        Assert.Equal(0, (await Run.Of([Subjects.Sound], [], "--budget=100ms", "--check-markdown", _file)).ExitCode);
    }

    [Fact]
    public async Task fails_the_check_when_its_matrix_is_stale()
    {
        await File.WriteAllTextAsync(_file, $"{MatrixSection.Begin}\n{Matrix}| Gone | ✓ |\n{MatrixSection.End}\n");
        Run run = await Run.Of([Subjects.Sound], [], "--budget=100ms", "--check-markdown", _file);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"The matrix in {_file} is stale", run.Error, StringComparison.Ordinal);
        Assert.Contains($"verify --markdown {_file}", run.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("--check-markdown"), InlineData("--markdown")]
    public async Task is_not_compared_with_a_part_of_the_house(string option)
    {
        await File.WriteAllTextAsync(_file, $"{MatrixSection.Begin}\n{Matrix}{MatrixSection.End}\n");
        Run run = await Run.Of([Subjects.Sound], [], "--only=Tally", option, _file);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--only and --engine leave something out", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task without_a_matrix_is_not_checked_in_silence()
    {
        Run run = await Run.Of([Subjects.Sound], [], "--check-markdown", _file);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has no matrix", run.Error, StringComparison.Ordinal);
    }

    private static string Matrix => MarkdownRenderer.Expected([Subjects.Sound], Subjects.Sequential);
}

public sealed class The_house
{
    [Theory, InlineData("README.md"), InlineData("README.es.md")]
    public void shows_every_contract_and_every_engine_in_its_readmes(string readme)
    {
        string file = Path.Combine(Root(), readme);
        Assert.Equal(MarkdownRenderer.Expected(Catalog.Contracts, Engine.All), MatrixSection.In(File.ReadAllText(file)));
    }

    /// <summary>The folder of the solution, above the one that the specs run in.</summary>
    private static string Root()
    {
        DirectoryInfo? here = new(AppContext.BaseDirectory);
        while (here is not null && !File.Exists(Path.Combine(here.FullName, "ConcurrencySpecs.sln"))) here = here.Parent;
        return here?.FullName
            ?? throw new DirectoryNotFoundException($"ConcurrencySpecs.sln is in no folder above {AppContext.BaseDirectory}: run the specs in the repository.");
    }
}
