using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Queues;

/// <summary>What every bounded queue here can do without waiting, so that one specification covers them all.</summary>
/// <remarks>How many threads may call, and what stands still when one of them stops, is each queue's own promise.</remarks>
/// <typeparam name="T">The type of the items.</typeparam>
public interface IQueue<T>
{
    /// <summary>How many items fit at once.</summary>
    int Capacity { get; }

    /// <summary>How many items are inside; between 0 and <see cref="Capacity"/>, and out of date as soon as others run.</summary>
    int Count { get; }

    /// <summary>Appends an item unless the queue is full.</summary>
    /// <returns>False when the queue was full at one moment of the call; the item then stays with the caller.</returns>
    bool TryEnqueue(T item);

    /// <summary>Takes the item that has been inside longest, unless the queue is empty.</summary>
    /// <returns>False when the queue was empty at one moment of the call; <paramref name="item"/> is then default.</returns>
    bool TryDequeue([MaybeNullWhen(false)] out T item);
}
