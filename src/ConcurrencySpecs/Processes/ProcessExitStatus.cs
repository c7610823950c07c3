namespace ConcurrencySpecs.Processes;

/// <summary>How a process ended: by an exit code or by a signal, never both, so that <c>exit(137)</c> is not mistaken for a SIGKILL.</summary>
/// <param name="ExitCode">What the process said about itself, 0 to 255; null when a signal ended it.</param>
/// <param name="Signal">The number of the signal that ended it; null when it exited.</param>
/// <param name="Failure">The exception that left the child's entry, with its stack; the exit code is then 1.</param>
/// <remarks>Both are null when somebody else in this process took the status: <c>waitpid(-1)</c> does, and a runtime started with SIGCHLD ignored.</remarks>
public readonly record struct ProcessExitStatus(int? ExitCode, int? Signal, RemoteException? Failure = null)
{
    private static readonly string[] _signals =
    [
        "0", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE",
        "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ",
        "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    /// <summary>Whether the process exited with code 0.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>The one number that Python's multiprocessing gives: the exit code, or the signal's number below zero.</summary>
    public int? PythonExitCode => Signal is { } signal ? -signal : ExitCode;

    /// <summary>In words: "exited with code 3", "was ended by SIGKILL".</summary>
    public override string ToString() =>
        Failure is { } failure ? $"threw {failure.RemoteType} and exited with code {ExitCode}"
        : Signal is { } signal ? $"was ended by {(signal < _signals.Length ? _signals[signal] : $"signal {signal}")}"
        : ExitCode is { } code ? $"exited with code {code}"
        : "ended; its exit status was taken by somebody else in this process";
}
