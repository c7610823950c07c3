using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

/// <summary>A queue in which items can be awaited; the lessons of this module pass things along on it.</summary>
public sealed class Belt<T> where T : notnull
{
    private readonly ConcurrentQueue<T> _items = new();
    private readonly SemaphoreSlim _count = new(0);

    public void Put(T item)
    {
        _items.Enqueue(item);
        _count.Release();
    }

    /// <summary>Waits until there is an item.</summary>
    public T Take()
    {
        _count.Wait();
        _items.TryDequeue(out T? item);
        return item!;
    }

    /// <summary>Does not wait: false when there is no item at the moment.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        item = default;
        return _count.Wait(0) && _items.TryDequeue(out item);
    }
}
