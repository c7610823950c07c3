namespace ConcurrencySpecs.Waiting;

/// <summary>A wait that an <see cref="EventCount"/> knows of and that has not begun; it ends by Wait, WaitAsync or Withdraw, once.</summary>
public sealed record Announcement
{
    internal Announcement(Waiter<bool> waiter) => Waiter = waiter;

    internal Waiter<bool> Waiter { get; }
}
