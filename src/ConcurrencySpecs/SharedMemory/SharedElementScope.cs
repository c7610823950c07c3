using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>The time in which one thread holds the lock of an element's stripe in a <see cref="SharedArray{T}"/>.</summary>
/// <remarks>
/// <para>Progress — wait-free: the waiting was done on entering.</para>
/// <para>Ordering — what one holder wrote is visible to the next.</para>
/// <para>Cost — no allocation; it lives on the stack of its thread and cannot leave it.</para>
/// <para>Failure — a holder that is killed in the middle of an assignment leaves the element as it was before it. A copy of a scope that is over is
/// refused, unless its thread has entered a scope of the same stripe anew, whose lock it then uses.</para>
/// <para>Source — Python's Array.get_lock, which does not survive its holder.</para>
/// </remarks>
/// <typeparam name="T">The type of the elements.</typeparam>
public ref struct SharedElementScope<T> where T : unmanaged
{
    private readonly int _index;
    private readonly ref RobustWords _mutex;
    private readonly int _thread;
    private SharedArray<T>? _array;

    internal SharedElementScope(SharedArray<T> array, int index, ref RobustWords mutex)
    {
        (_array, _index, _thread) = (array, index, RobustList.Thread);
        _mutex = ref mutex;
    }

    /// <summary>The element.</summary>
    /// <exception cref="ObjectDisposedException">The scope is over, or a copy of it was disposed.</exception>
    public readonly T Value
    {
        get => Held[_index];
        set => Held.Change(_index, value);
    }

    private readonly SharedArray<T> Held => _array is { } array && RobustMutex.IsOf(ref _mutex, _thread) ? array : throw Over();

    /// <summary>Lets the others in; once.</summary>
    /// <exception cref="SynchronizationLockException">A copy of the scope was disposed before; nothing has changed.</exception>
    public void Dispose()
    {
        SharedArray<T>? array = _array;
        _array = null;
        if (array is null) return;
        if (!RobustMutex.IsOf(ref _mutex, _thread))
            throw new SynchronizationLockException("The scope of the shared array is over: a copy of it was disposed.");
        RobustMutex.Exit(ref _mutex);
        GC.KeepAlive(array);        // its memory stays until we have left
    }

    private static ObjectDisposedException Over() => new(nameof(SharedElementScope<>), "The scope of the shared array is over.");
}
