namespace ConcurrencySpecs.Pools;

/// <summary>How an <see cref="ObjectPool{T}"/> keeps and checks its objects. Immutable.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed record ObjectPoolOptions<T> where T : class
{
    /// <summary>How many idle objects threads share, beside the one of each; rounded up to a power of two. Default: 8 per processor.</summary>
    public int Capacity { get; init; } = 8 * Environment.ProcessorCount;

    /// <summary>Makes a returned object ready for its next user; false drops it. Called in the thread that returns. Default: kept as they come.</summary>
    public Func<T, bool>? Reset { get; init; }

    /// <summary>
    /// Whether the pool watches its users: each object is then given out once and never again, so that a second return, a use after the return
    /// and an object that was never returned are all noticed, with the place of the rent. Slow and unpooled: for tests. Default: no.
    /// </summary>
    public bool Checked { get; init; }
}
