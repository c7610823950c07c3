namespace ConcurrencySpecs.Locks;

/// <summary>Thrown where a lock is entered as if all were well whose holder died inside. The caller does not hold the lock, except after a wait at a
/// <see cref="ProcessCondition"/>, which always ends with the lock held.</summary>
public sealed class LockAbandonedException : InvalidOperationException
{
    /// <summary>Creates the exception with a message that says what to do.</summary>
    public LockAbandonedException() : this("A holder of the lock died inside. Enter by Acquire, repair what the lock guards, and call MarkConsistent.") { }

    /// <summary>Creates the exception with a message.</summary>
    public LockAbandonedException(string message) : base(message) { }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public LockAbandonedException(string message, Exception innerException) : base(message, innerException) { }

    internal LockAbandonedException(string name, int process) : this(
        $"Process {process} died while it held {name}, so what the lock guards may be half changed. Enter by Acquire, repair it, and call MarkConsistent.") =>
        Process = process;

    internal static LockAbandonedException OfHeld(int process) => new(
        $"Process {process} died while it held the lock of the condition, so what the lock guards may be half changed. This thread holds the lock: repair "
        + "it, call MarkConsistent, and notify who may go on; or exit, and leave that to the next one.")
    { Process = process };

    /// <summary>The process that died inside.</summary>
    public int Process { get; private init; }
}
