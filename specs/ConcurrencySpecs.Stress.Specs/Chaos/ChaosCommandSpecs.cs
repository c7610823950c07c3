using ConcurrencySpecs.Stress;
using ConcurrencySpecs.Stress.Chaos;

public sealed class The_chaos_command
{
    [Fact]
    public async Task kills_as_often_as_told_and_says_what_it_saw()
    {
        using var output = new StringWriter();
        int exitCode = await StressTool.RunAsync(["chaos", "--kills", "4", "--seed", "5"], output, output, [ChaosCommand.Build()]);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("4 kills · nothing torn, no survivor stuck", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("seed 5", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task refuses_numbers_that_are_none()
    {
        using var output = new StringWriter();
        Assert.NotEqual(0, await StressTool.RunAsync(["chaos", "--kills", "0"], output, output, [ChaosCommand.Build()]));
        Assert.NotEqual(0, await StressTool.RunAsync(["chaos", "--seed", "x"], output, output, [ChaosCommand.Build()]));
    }
}
