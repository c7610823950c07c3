using System.Reflection;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Rewriting;

/// <summary>The figures of rewriting, measured in the test output and held to wide bounds, in processor time: a machine that tests is never quiet.</summary>
public sealed class Rewriting
{
    [Fact]
    public void takes_a_fraction_of_a_second()
    {
        Assembly assembly = typeof(Rewriting).Assembly;
        var scope = new AssemblyScope(assembly, [], []);
        double size = new FileInfo(assembly.Location).Length / 102_400.0;
        var times = new List<double>();
        for (int round = 0; round < 6; round++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            ImageCache.Make(assembly, scope, []);
            times.Add((Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
        }

        string all = string.Join(", ", times.Select(t => $"{t:F0}"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{size * 100:F0} KB in {all} ms of processor time; per 100 KB first {times[0] / size:F0} ms, warm {times.Min() / size:F0} ms");
        Assert.True(times.Min() / size < 600, $"{times.Min() / size:F0} ms per 100 KB");
    }

    [Fact]
    public void is_done_once_per_process()
    {
        Explore.Every(() => { });
        TimeSpan start = Environment.CpuUsage.TotalTime;
        Explore.Every(() => { });
        double warm = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
        TestContext.Current.TestOutputHelper?.WriteLine($"an exploration of nothing, warm: {warm:F2} ms");
        Assert.True(warm < 500, $"{warm:F0} ms");
    }
}
