using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;

/// <summary>Entries that several specs use, and what they say to each other: small files in a folder that goes with the spec.</summary>
internal static class Children
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int StandardError = 2;

    public static void WaitForEver() => new ManualResetEventSlim().Wait();

    /// <summary>Ends the process that asks, by SIGKILL.</summary>
    public static void EndHere()
    {
        using var own = System.Diagnostics.Process.GetCurrentProcess();
        own.Kill();
        WaitForEver();
    }

    /// <summary>Writes its process id and waits for ever.</summary>
    public static void SayAndWait(string file)
    {
        Say(file, Environment.ProcessId);
        WaitForEver();
    }

    /// <summary>Writes a number so that a reader sees all of it or nothing.</summary>
    public static void Say(string file, int number)
    {
        File.WriteAllText(file + ".part", $"{number}");
        File.Move(file + ".part", file);
    }

    public static int Hear(string file)
    {
        Threads.WaitUntil(() => File.Exists(file));
        return int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>By a child that is about to fail as it should: what it says of it is for a file, and not for the output of the specs.</summary>
    public static void SendErrorsTo(string file)
    {
        using FileStream errors = File.Open(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        Assert.Equal(StandardError, CopyDescriptor((int)errors.SafeFileHandle.DangerousGetHandle(), StandardError));
    }

    /// <summary>Returns once no process has the id, or only a zombie has.</summary>
    public static void WaitForEndOf(int pid) => Threads.WaitUntil(() => ProcFiles.StartTimeOf(pid) == 0);

    /// <summary>Kills a child, and returns once it has ended.</summary>
    public static void KillAndJoin(this ChildProcess child)
    {
        child.Kill();
        child.JoinSoon();
    }

    public static void JoinSoon(this ChildProcess child) => Assert.True(child.Join(Patience), $"{child.Name} was expected to end.");

    [DllImport("libc", EntryPoint = "dup2"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CopyDescriptor(int from, int to);
}

/// <summary>A folder for the files of one spec.</summary>
internal sealed class Folder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("concurrencyspecs-").FullName;

    public string File(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
