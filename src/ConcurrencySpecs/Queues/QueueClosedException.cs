namespace ConcurrencySpecs.Queues;

/// <summary>Thrown by the calls that cannot answer with a value, when what they wait for can never come.</summary>
public sealed class QueueClosedException : InvalidOperationException
{
    /// <summary>Creates the exception with a message that says how to avoid it.</summary>
    public QueueClosedException() : base("The queue is closed. Use the Try… calls where closing is an ordinary end.") { }

    /// <summary>Creates the exception with a message.</summary>
    public QueueClosedException(string message) : base(message) { }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public QueueClosedException(string message, Exception innerException) : base(message, innerException) { }
}
