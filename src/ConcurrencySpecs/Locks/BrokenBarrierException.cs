namespace ConcurrencySpecs.Locks;

/// <summary>Thrown to those who wait at a barrier that not all will reach any more.</summary>
public sealed class BrokenBarrierException : InvalidOperationException
{
    private const string Advice =
        "The barrier is broken: a party gave up, the action threw, or it was aborted or reset. Reset it once all parties know, or make a new one.";

    /// <summary>Creates the exception with a message that says what to do.</summary>
    public BrokenBarrierException() : base(Advice) { }

    /// <summary>Creates the exception with a message.</summary>
    public BrokenBarrierException(string message) : base(message) { }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public BrokenBarrierException(string message, Exception innerException) : base(message, innerException) { }
}
