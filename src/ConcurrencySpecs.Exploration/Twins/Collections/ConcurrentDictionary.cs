using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Collections.Concurrent.ConcurrentDictionary{TKey, TValue}"/>: each operation is one step.</summary>
/// <remarks>A factory runs between two steps. The keys' own Equals and GetHashCode run inside the step, without scheduling points.</remarks>
[TwinOf(typeof(System.Collections.Concurrent.ConcurrentDictionary<,>)), EditorBrowsable(EditorBrowsableState.Never)]
public partial class ConcurrentDictionary<TKey, TValue> : IDictionary<TKey, TValue>, IDictionary, IReadOnlyDictionary<TKey, TValue> where TKey : notnull
{
    private readonly Atom _atom = Steps.Born(new Atom("ConcurrentDictionary"));
    private readonly System.Collections.Concurrent.ConcurrentDictionary<TKey, TValue> _items;

    public ConcurrentDictionary() => _items = new();
    public ConcurrentDictionary(int concurrencyLevel, int capacity) => _items = new(concurrencyLevel, capacity);
    public ConcurrentDictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection) => _items = new(collection);
    public ConcurrentDictionary(IEqualityComparer<TKey>? comparer) => _items = new(comparer);
    public ConcurrentDictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection, IEqualityComparer<TKey>? comparer) => _items = new(collection, comparer);
    public ConcurrentDictionary(int concurrencyLevel, IEnumerable<KeyValuePair<TKey, TValue>> collection, IEqualityComparer<TKey>? comparer) =>
        _items = new(concurrencyLevel, collection, comparer);
    public ConcurrentDictionary(int concurrencyLevel, int capacity, IEqualityComparer<TKey>? comparer) =>
        _items = new(concurrencyLevel, capacity, comparer);

    public IEqualityComparer<TKey> Comparer => _items.Comparer;
    public int Count { get { Steps.Look(_atom); return _items.Count; } }
    public bool IsEmpty { get { Steps.Look(_atom); return _items.IsEmpty; } }
    public ICollection<TKey> Keys { get { Steps.Look(_atom); return _items.Keys; } }
    public ICollection<TValue> Values { get { Steps.Look(_atom); return _items.Values; } }

    public TValue this[TKey key]
    {
        get
        {
            Steps.Look(_atom);
            using Execution.Pause atomic = Execution.Outside();
            return _items[key];
        }
        set
        {
            Steps.Change(_atom);
            using (Execution.Outside()) _items[key] = value;
            _atom.Changed();
        }
    }

    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        Steps.Look(_atom);
        using Execution.Pause atomic = Execution.Outside();
        return _items.TryGetValue(key, out value);
    }

    public bool TryAdd(TKey key, TValue value) => Try(() => _items.TryAdd(key, value));
    public bool TryUpdate(TKey key, TValue newValue, TValue comparisonValue) => Try(() => _items.TryUpdate(key, newValue, comparisonValue));
    public bool TryRemove(KeyValuePair<TKey, TValue> item) => Try(() => _items.TryRemove(item));

    public bool TryRemove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        TValue? removed = default;
        bool found = Try(() => _items.TryRemove(key, out removed));
        value = removed;
        return found;
    }

    public void Clear()
    {
        Steps.Change(_atom);
        _items.Clear();
        _atom.Changed();
    }

    public KeyValuePair<TKey, TValue>[] ToArray()
    {
        Steps.Look(_atom);
        return _items.ToArray();
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<TKey, TValue>>)ToArray()).GetEnumerator();

    public TValue GetOrAdd(TKey key, TValue value)
    {
        Steps.Change(_atom);
        using Execution.Pause atomic = Execution.Outside();
        TValue now = _items.GetOrAdd(key, value);
        _atom.Changed();
        return now;
    }

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> valueFactory)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        return TryGetValue(key, out TValue? known) ? known : GetOrAdd(key, valueFactory(key));
    }

    public TValue GetOrAdd<TArg>(TKey key, Func<TKey, TArg, TValue> valueFactory, TArg factoryArgument) where TArg : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        return TryGetValue(key, out TValue? known) ? known : GetOrAdd(key, valueFactory(key, factoryArgument));
    }

    public TValue AddOrUpdate(TKey key, TValue addValue, Func<TKey, TValue, TValue> updateValueFactory) =>
        AddOrUpdate(key, _ => addValue, updateValueFactory);

    public TValue AddOrUpdate(TKey key, Func<TKey, TValue> addValueFactory, Func<TKey, TValue, TValue> updateValueFactory)
    {
        ArgumentNullException.ThrowIfNull(addValueFactory);
        ArgumentNullException.ThrowIfNull(updateValueFactory);
        return AddOrUpdate(key, (key, _) => addValueFactory(key), (key, old, _) => updateValueFactory(key, old), 0);
    }

    public TValue AddOrUpdate<TArg>(
        TKey key, Func<TKey, TArg, TValue> addValueFactory, Func<TKey, TValue, TArg, TValue> updateValueFactory, TArg factoryArgument)
        where TArg : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(addValueFactory);
        ArgumentNullException.ThrowIfNull(updateValueFactory);
        while (true)
        {
            if (TryGetValue(key, out TValue? old))
            {
                TValue updated = updateValueFactory(key, old, factoryArgument);
                if (TryUpdate(key, updated, old)) return updated;
            }
            else
            {
                TValue added = addValueFactory(key, factoryArgument);
                if (TryAdd(key, added)) return added;
            }
        }
    }

    private bool Try(Func<bool> change)
    {
        Steps.Change(_atom);
        bool done;
        using (Execution.Outside()) done = change();
        return _atom.Changed(done);
    }
}
