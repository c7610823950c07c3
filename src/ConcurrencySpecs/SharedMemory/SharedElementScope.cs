namespace ConcurrencySpecs.SharedMemory;

/// <summary>The time in which one thread holds the lock of an element's stripe in a <see cref="SharedArray{T}"/>.</summary>
/// <remarks>
/// <para>Progress — wait-free: the waiting was done on entering.</para>
/// <para>Ordering — what one holder wrote is visible to the next.</para>
/// <para>Cost — no allocation; it lives on the stack of its thread and cannot leave it.</para>
/// <para>Failure — a holder that is killed in the middle of an assignment leaves the element as it was before it.</para>
/// <para>Source — Python's Array.get_lock, which does not survive its holder.</para>
/// </remarks>
/// <typeparam name="T">The type of the elements.</typeparam>
public ref struct SharedElementScope<T> where T : unmanaged
{
    private readonly int _index;
    private SharedArray<T>? _array;

    internal SharedElementScope(SharedArray<T> array, int index) => (_array, _index) = (array, index);

    /// <summary>The element.</summary>
    /// <exception cref="ObjectDisposedException">The scope is over.</exception>
    public readonly T Value
    {
        get => Held[_index];
        set => Held.Change(_index, value);
    }

    private readonly SharedArray<T> Held => _array ?? throw new ObjectDisposedException(nameof(SharedElementScope<>), "The scope of the shared array is over.");

    /// <summary>Lets the others in; once.</summary>
    /// <exception cref="SynchronizationLockException">A copy of the scope was disposed before; nothing has changed.</exception>
    public void Dispose()
    {
        SharedArray<T>? array = _array;
        _array = null;
        if (array is null) return;
        if (!RobustMutex.IsMine(ref array.Mutex(_index)))
            throw new SynchronizationLockException("The scope of the shared array is over: a copy of it was disposed.");
        RobustMutex.Exit(ref array.Mutex(_index));
        GC.KeepAlive(array);        // its memory stays until we have left
    }
}
