namespace ConcurrencySpecs.Queues;

/// <summary>The answer of an asynchronous attempt to get an item, which has no place for an out parameter.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Result">How the attempt ended.</param>
/// <param name="Item">The item when <paramref name="Result"/> is <see cref="GetResult.Taken"/>, otherwise default.</param>
public readonly record struct Got<T>(GetResult Result, T? Item);
