namespace ConcurrencySpecs.Queues;

/// <summary>How an attempt to put an item ended. Only <see cref="Added"/> gives the item away.</summary>
public enum PutResult
{
    /// <summary>The item is in the queue, or already with a waiting consumer.</summary>
    Added,

    /// <summary>The queue was full and the call was not to wait.</summary>
    Full,

    /// <summary>The queue stayed full for as long as the call was to wait.</summary>
    TimedOut,

    /// <summary>The queue takes no more items: CompleteAdding or Abort has been called.</summary>
    Closed,
}
