using System.Collections;
using System.Collections.Immutable;

namespace ConcurrencySpecs.Linearizability;

/// <summary>An immutable list with value equality: a model's state for queues, stacks and logs.</summary>
/// <remarks>Cost — <see cref="Add"/> and <see cref="RemoveFirst()"/> copy, O(n); equality O(n) after an O(1) comparison of hashes.</remarks>
public sealed class Sequence<T> : IReadOnlyList<T>, IEquatable<Sequence<T>>
{
    private readonly ImmutableArray<T> _items;
    private readonly int _hash;

    private Sequence(ImmutableArray<T> items)
    {
        _items = items;
        var hash = new HashCode();
        foreach (T item in items) hash.Add(item);
        _hash = hash.ToHashCode();
    }

#pragma warning disable CA1000 // Sequence<int>.Empty reads as the field's other immutable lists do
    /// <summary>No items.</summary>
    public static Sequence<T> Empty { get; } = new([]);

    /// <summary>The items given, in their order.</summary>
    public static Sequence<T> Of(IEnumerable<T> items) => new([.. items]);
#pragma warning restore CA1000

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>This sequence with <paramref name="item"/> behind it.</summary>
    public Sequence<T> Add(T item) => new(_items.Add(item));

    /// <summary>This sequence without its first item.</summary>
    /// <exception cref="InvalidOperationException">It is empty.</exception>
    public Sequence<T> RemoveFirst() => RemoveFirst(1);

    /// <summary>This sequence without its first <paramref name="count"/> items.</summary>
    /// <exception cref="InvalidOperationException">It has fewer.</exception>
    public Sequence<T> RemoveFirst(int count) => count <= Count
        ? new(_items.RemoveRange(0, count))
        : throw new InvalidOperationException($"The sequence has {Count} items; {count} were to be removed. Ask Count first.");

    /// <summary>This sequence without its last item.</summary>
    /// <exception cref="InvalidOperationException">It is empty.</exception>
    public Sequence<T> RemoveLast() => Count > 0
        ? new(_items.RemoveAt(Count - 1))
        : throw new InvalidOperationException("The sequence is empty. Ask Count first.");

    /// <inheritdoc/>
    public bool Equals(Sequence<T>? other) => other is not null && _hash == other._hash && _items.AsSpan().SequenceEqual(other._items.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sequence<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => Show.Value(this);
}
