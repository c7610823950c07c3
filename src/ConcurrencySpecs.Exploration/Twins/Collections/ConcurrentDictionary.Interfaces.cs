using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Exploration.Twins;

// The older interfaces, and the look-up by another kind of key.
public partial class ConcurrentDictionary<TKey, TValue>
{
    private ICollection<KeyValuePair<TKey, TValue>> Pairs { get { Steps.Look(_atom); return _items; } }
    private IDictionary Looked { get { Steps.Look(_atom); return _items; } }
    private IDictionary Changed { get { Steps.Change(_atom); _atom.Changed(); return _items; } }

    void IDictionary<TKey, TValue>.Add(TKey key, TValue value)
    {
        if (!TryAdd(key, value)) throw new ArgumentException("The key already existed in the dictionary.");
    }

    bool IDictionary<TKey, TValue>.Remove(TKey key) => TryRemove(key, out _);
    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> item) => ((IDictionary<TKey, TValue>)this).Add(item.Key, item.Value);
    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> item) => TryRemove(item);
    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> item) => Pairs.Contains(item);
    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;
    void ICollection<KeyValuePair<TKey, TValue>>.CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex) => Pairs.CopyTo(array, arrayIndex);
    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => Keys;
    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => Values;

    bool IDictionary.IsFixedSize => false;
    bool IDictionary.IsReadOnly => false;
    ICollection IDictionary.Keys => Looked.Keys;
    ICollection IDictionary.Values => Looked.Values;
    object? IDictionary.this[object key] { get => Looked[key]; set => Changed[key] = value; }
    void IDictionary.Add(object key, object? value) => Changed.Add(key, value);
    bool IDictionary.Contains(object key) => Looked.Contains(key);
    void IDictionary.Remove(object key) => Changed.Remove(key);
    IDictionaryEnumerator IDictionary.GetEnumerator() => Looked.GetEnumerator();
    bool ICollection.IsSynchronized => false;
    object ICollection.SyncRoot => ((ICollection)_items).SyncRoot;
    void ICollection.CopyTo(Array array, int index) => Looked.CopyTo(array, index);
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public AlternateLookup<TAlternateKey> GetAlternateLookup<TAlternateKey>() where TAlternateKey : notnull, allows ref struct =>
        new(this, _items.GetAlternateLookup<TAlternateKey>());

    public bool TryGetAlternateLookup<TAlternateKey>(out AlternateLookup<TAlternateKey> lookup) where TAlternateKey : notnull, allows ref struct
    {
        bool can = _items.TryGetAlternateLookup(
            out System.Collections.Concurrent.ConcurrentDictionary<TKey, TValue>.AlternateLookup<TAlternateKey> real);
        lookup = can ? new(this, real) : default;
        return can;
    }

    public readonly struct AlternateLookup<TAlternateKey> where TAlternateKey : notnull, allows ref struct
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<TKey, TValue>.AlternateLookup<TAlternateKey> _real;

        internal AlternateLookup(
            ConcurrentDictionary<TKey, TValue> dictionary,
            System.Collections.Concurrent.ConcurrentDictionary<TKey, TValue>.AlternateLookup<TAlternateKey> real) =>
            (Dictionary, _real) = (dictionary, real);

        public ConcurrentDictionary<TKey, TValue> Dictionary { get; }
        private Atom Atom => Dictionary._atom;

        public TValue this[TAlternateKey key]
        {
            get { Steps.Look(Atom); return _real[key]; }
            set { Steps.Change(Atom); _real[key] = value; Atom.Changed(); }
        }

        public bool ContainsKey(TAlternateKey key) { Steps.Look(Atom); return _real.ContainsKey(key); }
        public bool TryAdd(TAlternateKey key, TValue value) { Steps.Change(Atom); return Atom.Changed(_real.TryAdd(key, value)); }
        public bool TryGetValue(TAlternateKey key, [MaybeNullWhen(false)] out TValue value) { Steps.Look(Atom); return _real.TryGetValue(key, out value); }

        public bool TryGetValue(TAlternateKey key, [MaybeNullWhen(false)] out TKey actualKey, [MaybeNullWhen(false)] out TValue value)
        {
            Steps.Look(Atom);
            return _real.TryGetValue(key, out actualKey, out value);
        }

        public bool TryRemove(TAlternateKey key, [MaybeNullWhen(false)] out TValue value)
        {
            Steps.Change(Atom);
            return Atom.Changed(_real.TryRemove(key, out value));
        }

        public bool TryRemove(TAlternateKey key, [MaybeNullWhen(false)] out TKey actualKey, [MaybeNullWhen(false)] out TValue value)
        {
            Steps.Change(Atom);
            return Atom.Changed(_real.TryRemove(key, out actualKey, out value));
        }
    }
}
