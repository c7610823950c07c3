using System.Text.Json;
using ConcurrencySpecs.Stress.Verify;

public sealed class A_report_as_json
{
    [Fact]
    public void has_the_documented_shape()
    {
        using JsonDocument report = Of(Run.Report([Subjects.Sound, Subjects.Unsound, Subjects.Unrunnable], [Subjects.Twin]));
        JsonElement root = report.RootElement;
        Assert.Equal(
            ["schema", "seed", "budgetSeconds", "elapsedSeconds", "interrupted", "exitCode", "summary", "machine", "implementations", "twins", "showpiece"],
            Names(root));
        Assert.Equal(["cores", "architecture", "runtime", "os"], Names(root.GetProperty("machine")));
        JsonElement[] implementations = [.. root.GetProperty("implementations").EnumerateArray()];
        Assert.All(implementations, one => Assert.Equal(
            ["name", "topic", "engine", "verdict", "exhausted", "coverage", "work", "unit", "elapsedSeconds", "counterexample", "error"], Names(one)));
        Assert.Equal(["held", "refuted", "error"], implementations.Select(one => one.GetProperty("verdict").GetString()));
        string[] counterexample = ["name", "engine", "seed", "verdict", "program", "diagram", "why", "schedule", "replay"];
        Assert.Equal(counterexample, Names(implementations[1].GetProperty("counterexample")));
        Assert.Equal(counterexample, Names(root.GetProperty("showpiece")));
        JsonElement twin = Assert.Single(root.GetProperty("twins").EnumerateArray());
        Assert.Equal(["name", "topic", "defect", "engine", "caught", "tried", "seeds", "escaped", "medianSeconds", "tries", "error"], Names(twin));
        Assert.Equal(["seed", "caught", "work", "unit", "elapsedSeconds"], Names(Assert.Single(twin.GetProperty("tries").EnumerateArray())));
    }

    [Fact]
    public void says_what_the_run_came_to()
    {
        using JsonDocument report = Of(Run.Report([Subjects.Sound], [Subjects.Twin]));
        Assert.Equal("concurrencyspecs.verify/2", report.RootElement.GetProperty("schema").GetString());
        Assert.Equal(42UL, report.RootElement.GetProperty("seed").GetUInt64());
        Assert.Equal(0, report.RootElement.GetProperty("exitCode").GetInt32());
        Assert.False(report.RootElement.GetProperty("interrupted").GetBoolean());
    }

    [Fact]
    public void names_no_place()
    {
        string text = JsonRenderer.Render(Run.Report([Subjects.Sound, Subjects.Unrunnable], [Subjects.Twin]));
        Assert.DoesNotContain(AppContext.BaseDirectory, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.CurrentDirectory, text, StringComparison.Ordinal);
    }

    private static JsonDocument Of(VerifyReport report) => JsonDocument.Parse(JsonRenderer.Render(report));

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
