using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Collections.Concurrent.ConcurrentQueue{T}"/>: each operation is one step, enumeration a snapshot.</summary>
[TwinOf(typeof(System.Collections.Concurrent.ConcurrentQueue<>)), EditorBrowsable(EditorBrowsableState.Never)]
public class ConcurrentQueue<T> : IProducerConsumerCollection<T>, IReadOnlyCollection<T>
{
    private readonly Atom _atom = Steps.Born(new Atom("ConcurrentQueue"));
    private readonly System.Collections.Concurrent.ConcurrentQueue<T> _items;

    public ConcurrentQueue() => _items = new();
    public ConcurrentQueue(IEnumerable<T> collection) => _items = new(collection);

    private System.Collections.Concurrent.ConcurrentQueue<T> Look() { Steps.Look(_atom); return _items; }
    private System.Collections.Concurrent.ConcurrentQueue<T> Try() { Steps.Change(_atom); return _items; }
    private System.Collections.Concurrent.ConcurrentQueue<T> Change() { Steps.Change(_atom); _atom.Changed(); return _items; }

    public int Count => Look().Count;
    public bool IsEmpty => Look().IsEmpty;
    public void Clear() => Change().Clear();
    public void Enqueue(T item) => Change().Enqueue(item);
    public bool TryDequeue([MaybeNullWhen(false)] out T result) => _atom.Changed(Try().TryDequeue(out result));
    public bool TryPeek([MaybeNullWhen(false)] out T result) => Look().TryPeek(out result);
    public T[] ToArray() => Look().ToArray();
    public void CopyTo(T[] array, int index) => Look().CopyTo(array, index);
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    bool ICollection.IsSynchronized => false;
    object ICollection.SyncRoot => ((ICollection)_items).SyncRoot;
    void ICollection.CopyTo(Array array, int index) => ((ICollection)Look()).CopyTo(array, index);
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    bool IProducerConsumerCollection<T>.TryAdd(T item) { Enqueue(item); return true; }
    bool IProducerConsumerCollection<T>.TryTake([MaybeNullWhen(false)] out T item) => TryDequeue(out item);
}
