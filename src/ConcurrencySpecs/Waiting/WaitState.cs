namespace ConcurrencySpecs.Waiting;

/// <summary>Where a waiter stands. It leaves <see cref="Waiting"/> once and for good.</summary>
internal enum WaitState
{
    Waiting,
    Granted,
    TimedOut,
    Cancelled,
    Interrupted,
    Closed,
}
