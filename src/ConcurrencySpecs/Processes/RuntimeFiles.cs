using System.Globalization;

namespace ConcurrencySpecs.Processes;

/// <summary>What the runtime of every process puts into the folder for temporary files: two pipes for debuggers and a socket for diagnostics.</summary>
/// <remarks>It takes them away when its process exits. A signal that ends the process leaves them for good, three for each child that was killed.</remarks>
internal static class RuntimeFiles
{
    /// <summary>Takes those of a dead process away.</summary>
    /// <param name="pid">Its id.</param>
    /// <param name="started">When it was started, as the system says: the names bear both, and so never mean another process.</param>
    public static void Remove(int pid, long started)
    {
        foreach (string name in Of(pid, started))
        {
            try { File.Delete(Path.Combine(Path.GetTempPath(), name)); }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException) { }      // no worse than without us
        }
    }

    /// <summary>Their names.</summary>
    public static string[] Of(int pid, long started)
    {
        string process = string.Create(CultureInfo.InvariantCulture, $"{pid}-{started}");
        return [$"clr-debug-pipe-{process}-in", $"clr-debug-pipe-{process}-out", $"dotnet-diagnostic-{process}-socket"];
    }
}
