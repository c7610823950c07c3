namespace ConcurrencySpecs.Queues;

/// <summary>How an attempt to get an item ended. Only <see cref="Taken"/> comes with an item.</summary>
public enum GetResult
{
    /// <summary>The item has left the queue and belongs to the caller.</summary>
    Taken,

    /// <summary>The queue was empty and the call was not to wait.</summary>
    Empty,

    /// <summary>The queue stayed empty for as long as the call was to wait.</summary>
    TimedOut,

    /// <summary>The queue is empty and takes no more items: nothing can ever come.</summary>
    Closed,
}
