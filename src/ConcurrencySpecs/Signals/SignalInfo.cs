namespace ConcurrencySpecs.Signals;

/// <summary>A signal that has arrived.</summary>
/// <param name="Signal">Which one.</param>
/// <param name="Sender">The process that sent it; null when it was the system, or when so many came at once that only their number was kept.</param>
public readonly record struct SignalInfo(Signal Signal, int? Sender);

/// <summary>A handler has thrown; it stays registered.</summary>
/// <param name="Signal">The signal that it was given.</param>
/// <param name="Exception">What it threw.</param>
public sealed record SignalHandlerFailure(SignalInfo Signal, Exception Exception);

/// <summary>How a raised signal was taken.</summary>
public enum RaiseResult
{
    /// <summary>The handlers have completed, or there is none and the process has survived the signal's usual action.</summary>
    Completed,

    /// <summary>The call came from a handler: the signal waits its turn until that handler has returned.</summary>
    Queued,
}

/// <summary>Whether a signal reached its process.</summary>
public enum SendResult
{
    /// <summary>The signal is pending at the process. Whether and when it is handled is not known to the sender.</summary>
    Sent,

    /// <summary>There is no such process; nobody has got the signal.</summary>
    Gone,
}
