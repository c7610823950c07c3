using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Stress;
using ConcurrencySpecs.Stress.Reclaim;

public sealed class The_reclaim_command
{
    [Fact]
    public async Task keeps_what_is_in_use_and_says_by_whom()
    {
        string name = $"stress-spec-{Environment.ProcessId}";
        using var segment = SharedMemorySegment.Create(name, 1);
        using var output = new StringWriter();
        int exitCode = await StressTool.RunAsync(["reclaim"], output, output, [ReclaimCommand.Build()]);
        Assert.Equal(0, exitCode);
        Assert.Contains($"in use   {name}: by process {Environment.ProcessId}", output.ToString(), StringComparison.Ordinal);
        segment.Unlink();
    }

    [Fact]
    public void says_what_it_removed_and_what_it_refused()
    {
        using var output = new StringWriter();
        ReclaimCommand.Show(new(["old"], new Dictionary<string, IReadOnlyList<int>>(), new Dictionary<string, string> { ["notes"] = "no segment" }), output);
        Assert.Equal("removed  old: all its users have ended\nrefused  notes: no segment\n1 removed · 0 in use · 1 refused\n", output.ToString());
    }
}
