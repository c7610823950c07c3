namespace ConcurrencySpecs.Processes;

/// <summary>Thrown where the result of a child process is asked for that ended without giving one.</summary>
public sealed class ChildEndedException : InvalidOperationException
{
    /// <summary>Creates the exception without saying how the child ended.</summary>
    public ChildEndedException() : this("A child process ended without a result.") { }

    /// <summary>Creates the exception with a message.</summary>
    public ChildEndedException(string message) : base(message) { }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public ChildEndedException(string message, Exception innerException) : base(message, innerException) { }

    internal ChildEndedException(string child, ProcessExitStatus status, bool reached)
        : base($"{child} {status} before it gave a result."
            + (reached ? "" : " It never came to its entry: see whether the program starts, with start-up hooks enabled or RunIfChild first in Main.")) =>
        Status = status;

    /// <summary>How the child ended.</summary>
    public ProcessExitStatus Status { get; }
}
