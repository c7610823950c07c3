namespace ConcurrencySpecs.Native;

/// <summary>Thrown where the system refused a call: it says which call, about what, with which error, and what to do.</summary>
public sealed class SystemCallException : IOException
{
    /// <summary>Creates the exception without saying which call failed.</summary>
    public SystemCallException() : this("A call to the system failed.") { }

    /// <summary>Creates the exception with a message.</summary>
    public SystemCallException(string message) : base(message) => (Call, Subject, ErrorName) = ("", "", "");

    /// <summary>Creates the exception with a message and its cause.</summary>
    public SystemCallException(string message, Exception innerException) : base(message, innerException) => (Call, Subject, ErrorName) = ("", "", "");

    internal SystemCallException(string call, string subject, int error, string? advice = null)
        : base($"{call} failed for {subject}: {Errno.Describe(error)}.{(advice is null ? "" : $" {advice}")}") =>
        (Call, Subject, ErrorNumber, ErrorName) = (call, subject, error, Errno.Name(error));

    /// <summary>The system call, by its name in the manual: <c>"mmap"</c>.</summary>
    public string Call { get; }

    /// <summary>What the call was about: a name, a process.</summary>
    public string Subject { get; }

    /// <summary>The error's number on this system.</summary>
    public int ErrorNumber { get; }

    /// <summary>The error's name: <c>"ENOSPC"</c>.</summary>
    public string ErrorName { get; }
}
