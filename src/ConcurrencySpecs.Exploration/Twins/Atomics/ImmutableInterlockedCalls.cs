using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ImmutableInterlocked"/> that call the program back: a read, the callback, an exchange that may fail, again.</summary>
/// <remarks>The others are one step on their location.</remarks>
[CallsOf(typeof(ImmutableInterlocked)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class ImmutableInterlockedCalls
{
    public static bool Update<T>(ref T location, Func<T, T> transformer) where T : class? =>
        !Steps.Exploring || transformer is null ? ImmutableInterlocked.Update(ref location, transformer!) : Change(ref location, transformer);

    public static bool Update<T, TArg>(ref T location, Func<T, TArg, T> transformer, TArg transformerArgument) where T : class? =>
        !Steps.Exploring || transformer is null ? ImmutableInterlocked.Update(ref location, transformer!, transformerArgument)
            : Change(ref location, before => transformer(before, transformerArgument));

    public static bool Update<T>(ref ImmutableArray<T> location, Func<ImmutableArray<T>, ImmutableArray<T>> transformer) =>
        !Steps.Exploring || transformer is null ? ImmutableInterlocked.Update(ref location, transformer!)
            : Change(ref ArrayIn(ref location), before => Array(transformer(ImmutableCollectionsMarshal.AsImmutableArray(before))));

    public static bool Update<T, TArg>(
        ref ImmutableArray<T> location, Func<ImmutableArray<T>, TArg, ImmutableArray<T>> transformer, TArg transformerArgument) =>
        !Steps.Exploring || transformer is null ? ImmutableInterlocked.Update(ref location, transformer!, transformerArgument)
            : Change(ref ArrayIn(ref location), before => Array(transformer(ImmutableCollectionsMarshal.AsImmutableArray(before), transformerArgument)));

    public static TValue GetOrAdd<TKey, TValue>(ref ImmutableDictionary<TKey, TValue> location, TKey key, Func<TKey, TValue> valueFactory)
        where TKey : notnull => !Steps.Exploring || valueFactory is null ? ImmutableInterlocked.GetOrAdd(ref location, key, valueFactory!)
            : Added(ref location, key, () => valueFactory(key));

    public static TValue GetOrAdd<TKey, TValue, TArg>(
        ref ImmutableDictionary<TKey, TValue> location, TKey key, Func<TKey, TArg, TValue> valueFactory, TArg factoryArgument) where TKey : notnull =>
        !Steps.Exploring || valueFactory is null ? ImmutableInterlocked.GetOrAdd(ref location, key, valueFactory!, factoryArgument)
            : Added(ref location, key, () => valueFactory(key, factoryArgument));

    public static TValue AddOrUpdate<TKey, TValue>(
        ref ImmutableDictionary<TKey, TValue> location, TKey key, TValue addValue, Func<TKey, TValue, TValue> updateValueFactory) where TKey : notnull =>
        !Steps.Exploring || updateValueFactory is null ? ImmutableInterlocked.AddOrUpdate(ref location, key, addValue, updateValueFactory!)
            : Put(ref location, key, () => addValue, updateValueFactory);

    public static TValue AddOrUpdate<TKey, TValue>(
        ref ImmutableDictionary<TKey, TValue> location, TKey key, Func<TKey, TValue> addValueFactory, Func<TKey, TValue, TValue> updateValueFactory)
        where TKey : notnull => !Steps.Exploring || addValueFactory is null || updateValueFactory is null
            ? ImmutableInterlocked.AddOrUpdate(ref location, key, addValueFactory!, updateValueFactory!)
            : Put(ref location, key, () => addValueFactory(key), updateValueFactory);

    private static bool Change<T>(ref T location, Func<T, T> change) where T : class?
    {
        T before = Volatile.Read(ref location);
        while (true)
        {
            T after = change(before);
            if (ReferenceEquals(before, after)) return false;
            T found = Interlocked.CompareExchange(ref location, after, before);
            if (ReferenceEquals(found, before)) return true;
            before = found;
        }
    }

    // The factory is asked once; of two values that are added at the same time the first stays.
    private static TValue Added<TKey, TValue>(ref ImmutableDictionary<TKey, TValue> location, TKey key, Func<TValue> make) where TKey : notnull
    {
        ImmutableDictionary<TKey, TValue> seen = Volatile.Read(ref location);
        if (seen.TryGetValue(key, out TValue? known)) return known;
        TValue value = make();
        Change(ref location, before => before.TryGetValue(key, out known) ? before : before.Add(key, known = value));
        return known!;
    }

    private static TValue Put<TKey, TValue>(
        ref ImmutableDictionary<TKey, TValue> location, TKey key, Func<TValue> make, Func<TKey, TValue, TValue> change) where TKey : notnull
    {
        TValue value = default!;
        Change(ref location, before => before.SetItem(key, value = before.TryGetValue(key, out TValue? known) ? change(key, known) : make()));
        return value;
    }

    // Safe because an immutable array is a struct of one field, its array: the collection's own operations rely on it too.
    private static ref T[]? ArrayIn<T>(ref ImmutableArray<T> location) => ref Unsafe.As<ImmutableArray<T>, T[]?>(ref location);

    private static T[]? Array<T>(ImmutableArray<T> array) => ImmutableCollectionsMarshal.AsArray(array);
}
