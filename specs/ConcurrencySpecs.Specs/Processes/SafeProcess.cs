using System.Diagnostics;

/// <summary>A foreign process that was given a process id of our choice, where the system lets us choose; killed with the spec.</summary>
internal sealed class SafeProcess : IDisposable
{
    private const string LastId = "/proc/sys/kernel/ns_last_pid";
    private const int Attempts = 200;

    private readonly Process _process;

    private SafeProcess(Process process) => _process = process;

    public bool IsAlive => !_process.HasExited;

    public static SafeProcess? WithId(int pid)
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists(LastId)) return null;
        for (int i = 0; i < Attempts; i++)      // somebody else may start a process between our two steps
        {
            try { File.WriteAllText(LastId, $"{pid - 1}"); }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException) { return null; }
            Process process = Process.Start("/bin/sleep", ["1000"]);
            var started = new SafeProcess(process);
            if (process.Id == pid) return started;
            started.Dispose();
        }

        return null;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
