namespace ConcurrencySpecs.Pools;

/// <summary>A rented object that goes back to its pool at the end of a <c>using</c>. A copy that is disposed as well returns it twice.</summary>
/// <typeparam name="T">The type of the object.</typeparam>
public readonly record struct Lease<T> : IDisposable where T : class
{
    private readonly ObjectPool<T> _pool;
    private readonly T _item;
    private readonly string _file;
    private readonly int _line;

    internal Lease(ObjectPool<T> pool, T item, string file, int line) => (_pool, _item, _file, _line) = (pool, item, file, line);

    /// <summary>The object.</summary>
    /// <exception cref="InvalidOperationException">In a checked pool: the object has been returned.</exception>
    public T Value
    {
        get
        {
            _pool.ThrowIfReturned(_item);
            return _item;
        }
    }

    /// <summary>Returns the object.</summary>
    /// <exception cref="InvalidOperationException">In a checked pool: the object has been returned before.</exception>
    public void Dispose() => _pool.Return(_item, _file, _line);

    /// <summary>What is leased.</summary>
    public override string ToString() => $"lease of {_item}";
}
