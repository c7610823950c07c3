using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Collections.Concurrent.ConcurrentStack{T}"/>: each operation, ranges included, is one step.</summary>
[TwinOf(typeof(System.Collections.Concurrent.ConcurrentStack<>)), EditorBrowsable(EditorBrowsableState.Never)]
public class ConcurrentStack<T> : IProducerConsumerCollection<T>, IReadOnlyCollection<T>
{
    private readonly Atom _atom = Steps.Born(new Atom("ConcurrentStack"));
    private readonly System.Collections.Concurrent.ConcurrentStack<T> _items;

    public ConcurrentStack() => _items = new();
    public ConcurrentStack(IEnumerable<T> collection) => _items = new(collection);

    private System.Collections.Concurrent.ConcurrentStack<T> Look() { Steps.Look(_atom); return _items; }
    private System.Collections.Concurrent.ConcurrentStack<T> Try() { Steps.Change(_atom); return _items; }
    private System.Collections.Concurrent.ConcurrentStack<T> Change() { Steps.Change(_atom); _atom.Changed(); return _items; }

    public int Count => Look().Count;
    public bool IsEmpty => Look().IsEmpty;
    public void Clear() => Change().Clear();
    public void Push(T item) => Change().Push(item);
    public void PushRange(T[] items) => Change().PushRange(items);
    public void PushRange(T[] items, int startIndex, int count) => Change().PushRange(items, startIndex, count);
    public bool TryPeek([MaybeNullWhen(false)] out T result) => Look().TryPeek(out result);
    public bool TryPop([MaybeNullWhen(false)] out T result) => _atom.Changed(Try().TryPop(out result));
    public int TryPopRange(T[] items) => Change().TryPopRange(items);
    public int TryPopRange(T[] items, int startIndex, int count) => Change().TryPopRange(items, startIndex, count);
    public T[] ToArray() => Look().ToArray();
    public void CopyTo(T[] array, int index) => Look().CopyTo(array, index);
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    bool ICollection.IsSynchronized => false;
    object ICollection.SyncRoot => ((ICollection)_items).SyncRoot;
    void ICollection.CopyTo(Array array, int index) => ((ICollection)Look()).CopyTo(array, index);
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    bool IProducerConsumerCollection<T>.TryAdd(T item) { Push(item); return true; }
    bool IProducerConsumerCollection<T>.TryTake([MaybeNullWhen(false)] out T item) => TryPop(out item);
}
