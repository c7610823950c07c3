using System.Diagnostics;

/// <summary>Children are their parent's program once more, however that was started; the specs themselves are what a test host starts.</summary>
public sealed class A_program_that_starts_children
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "stress");

    [Fact]
    public void may_be_started_by_its_own_host_as_dotnet_run_does() => KillsTwoChildren(_program);

    [Fact]
    public void may_be_started_by_dotnet() => KillsTwoChildren(Dotnet(), "exec", _program + ".dll");

    private static void KillsTwoChildren(string program, params string[] arguments)
    {
        string[] chaos = ["chaos", "--kills", "2", "--seed", "3"];
        using Process process = Process.Start(new ProcessStartInfo(program, [.. arguments, .. chaos]) { RedirectStandardOutput = true })!;
        Assert.StartsWith("2 kills · nothing torn", process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    // The runtime lies in shared/Microsoft.NETCore.App/VERSION beside the program that starts it.
    private static string Dotnet() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));
}
