using System.Diagnostics;
using System.Globalization;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>A program in another language that measures the same: it reads a command a line and answers each with a number.</summary>
internal sealed class Peer : IDisposable
{
    private static readonly string _folder = Path.Combine("benchmarks", "Peers");
    private readonly Process _process;

    private Peer(string program, params string[] arguments) =>
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>A script for python3; null, with the reason added, where there is no python3.</summary>
    public static Peer? Python(string script, ICollection<string> leftOut) =>
        Found("python3", "Python", leftOut) is { } python ? new(python, Path.Combine(_folder, script)) : null;

    /// <summary>A C program, compiled into a folder that is gone afterwards; null, with the reason added, where there is no compiler.</summary>
    public static Peer? C(string source, ICollection<string> leftOut)
    {
        if (Found("cc", "C", leftOut) is not { } compiler) return null;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("concurrencyspecs-peer-");
        try
        {
            string program = Path.Combine(folder.FullName, "peer");
            using Process compiling = Process.Start(compiler, ["-O2", "-pthread", "-o", program, Path.Combine(_folder, source)]);
            compiling.WaitForExit();
            if (compiling.ExitCode == 0) return new(program);
            leftOut.Add($"C ({source} did not compile)");
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);         // a program that runs needs its file no more
        }
    }

    /// <summary>Another run of this program.</summary>
    public static Peer Ourselves(string command) => new(Environment.ProcessPath!, OwnArguments(command));

    /// <summary>Another run of this program, which nobody asks anything.</summary>
    public static Process StartOurselves(string command) => Process.Start(Environment.ProcessPath!, OwnArguments(command));

    public double Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        string? answer = _process.StandardOutput.ReadLine();
        return double.TryParse(answer, CultureInfo.InvariantCulture, out double number) ? number
            : throw new InvalidOperationException($"{_process.StartInfo.FileName} answered \"{answer}\" to \"{command}\"; a number was expected. See above.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();         // which every peer takes as its end
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string[] OwnArguments(string command) =>
        Path.GetFileName(Environment.ProcessPath) == "dotnet" ? [typeof(Peer).Assembly.Location, command] : [command];

    private static string? Found(string program, string language, ICollection<string> leftOut)
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (path is null) leftOut.Add($"{language} (no {program} in PATH)");
        return path;
    }
}
