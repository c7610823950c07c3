namespace ConcurrencySpecs.Timeouts;

/// <summary>An isolated function did not return within its limit; its process has ended.</summary>
public sealed class IsolatedTimeoutException : TimeoutException
{
    internal IsolatedTimeoutException(TimeSpan limit, bool wasKilled)
        : base($"The function did not return within {limit.TotalMilliseconds:0.###} ms, and its process was {(wasKilled ? "killed" : "terminated")}. "
            + "Give it more time, or less to do.") => (Limit, WasKilled) = (limit, wasKilled);

    /// <summary>The limit.</summary>
    public TimeSpan Limit { get; }

    /// <summary>True when SIGKILL ended the process, which it does when the process has not ended by SIGTERM within its grace.</summary>
    public bool WasKilled { get; }
}
