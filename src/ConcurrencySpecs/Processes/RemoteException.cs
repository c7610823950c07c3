namespace ConcurrencySpecs.Processes;

/// <summary>An exception that left the entry of a child process, as it is told in the parent: its type, its message and its stack over there.</summary>
public sealed class RemoteException : Exception
{
    /// <summary>Creates an exception that says nothing about its origin.</summary>
    public RemoteException() : this("A child process threw an exception.") { }

    /// <summary>Creates an exception with a message.</summary>
    public RemoteException(string message) : base(message) => (RemoteType, RemoteText) = ("", "");

    /// <summary>Creates an exception with a message and a cause in this process.</summary>
    public RemoteException(string message, Exception innerException) : base(message, innerException) => (RemoteType, RemoteText) = ("", "");

    internal RemoteException(string child, string type, string message, string text)
        : base($"{child} threw {type}: {message}") => (RemoteType, RemoteText) = (type, text);

    /// <summary>The full name of the exception's type in the child.</summary>
    public string RemoteType { get; }

    /// <summary>All that the exception said in the child: its type, message and stack, and those of its causes.</summary>
    public string RemoteText { get; }

    /// <summary>The exception here, and below it the one over there with its stack.</summary>
    public override string ToString() => $"{base.ToString()}{Environment.NewLine}--- in the child process ---{Environment.NewLine}{RemoteText}";
}
