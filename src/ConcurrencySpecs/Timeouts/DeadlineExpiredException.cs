namespace ConcurrencySpecs.Timeouts;

/// <summary>A deadline has expired. It carries the deadline, so that a scope can tell its own expiry from another's.</summary>
public sealed class DeadlineExpiredException : TimeoutException
{
    internal DeadlineExpiredException(Deadline deadline, Exception? inner)
        : base($"The limit of {deadline.Limit.TotalMilliseconds:0.###} ms was over before the work was done. Give it more time, or less to do.", inner)
        => Deadline = deadline;

    /// <summary>The deadline that has expired.</summary>
    public Deadline Deadline { get; }
}
