using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Collections.Concurrent.ConcurrentBag{T}"/>: each operation is one step.</summary>
/// <remarks>
/// The real bag keeps a list per operating-system thread, which would make schedules irreproducible. This one follows the same
/// rule over logical threads: the newest item of one's own, else the oldest of the others.
/// </remarks>
[TwinOf(typeof(System.Collections.Concurrent.ConcurrentBag<>)), EditorBrowsable(EditorBrowsableState.Never)]
public class ConcurrentBag<T> : IProducerConsumerCollection<T>, IReadOnlyCollection<T>
{
    // I1  _items is in order of addition and changes only under its lock, which never surrounds code of the program explored
    private readonly List<(int Adder, T Item)> _items = [];
    private readonly Atom _atom = Steps.Born(new Atom("ConcurrentBag"));

    public ConcurrentBag() { }

    public ConcurrentBag(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        foreach (T item in collection) _items.Add((Steps.Me, item));
    }

    public int Count { get { Steps.Look(_atom); lock (_items) return _items.Count; } }
    public bool IsEmpty => Count == 0;
    public void Add(T item) { Change(); lock (_items) _items.Add((Steps.Me, item)); }
    public void Clear() { Change(); lock (_items) _items.Clear(); }
    public bool TryPeek([MaybeNullWhen(false)] out T result) { Steps.Look(_atom); return TryFind(out result, remove: false); }
    public bool TryTake([MaybeNullWhen(false)] out T result) { Steps.Change(_atom); return _atom.Changed(TryFind(out result, remove: true)); }
    public T[] ToArray() { Steps.Look(_atom); lock (_items) return Enumerable.Reverse(_items).Select(entry => entry.Item).ToArray(); }

    public void CopyTo(T[] array, int index)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ToArray().CopyTo(array, index);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    bool ICollection.IsSynchronized => false;
    object ICollection.SyncRoot => throw new NotSupportedException("The SyncRoot property may not be used for the synchronization of concurrent collections.");

    void ICollection.CopyTo(Array array, int index)
    {
        ArgumentNullException.ThrowIfNull(array);
        ToArray().CopyTo(array, index);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    bool IProducerConsumerCollection<T>.TryAdd(T item) { Add(item); return true; }

    private void Change() { Steps.Change(_atom); _atom.Changed(); }

    private bool TryFind([MaybeNullWhen(false)] out T result, bool remove)
    {
        lock (_items)
        {
            int own = _items.FindLastIndex(entry => entry.Adder == Steps.Me);
            int index = own >= 0 ? own : 0;
            bool found = index < _items.Count;
            result = found ? _items[index].Item : default;
            if (found && remove) _items.RemoveAt(index);
            return found;
        }
    }
}
