using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>The time in which one thread alone may change a <see cref="SharedValue{T}"/>.</summary>
/// <remarks>
/// <para>Progress — wait-free: the waiting was done on entering.</para>
/// <para>Ordering — each assignment takes effect at once and whole, also for those who read without a scope.</para>
/// <para>Cost — no allocation; it lives on the stack of its thread and cannot leave it.</para>
/// <para>Failure — a holder that is killed leaves the last assignment, and its place to the next. A copy of a scope that is over is refused, unless its
/// thread has entered a scope of the same value anew, whose lock it then uses.</para>
/// <para>Source — Python's Value.get_lock, which does not survive its holder.</para>
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
public ref struct SharedValueScope<T> where T : unmanaged
{
    private readonly ref RobustWords _mutex;
    private readonly int _thread;
    private SharedValue<T>? _value;

    internal SharedValueScope(SharedValue<T> value, ref RobustWords mutex)
    {
        (_value, _thread) = (value, RobustList.Thread);
        _mutex = ref mutex;
    }

    /// <summary>The value; nobody else changes it meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The scope is over, or a copy of it was disposed.</exception>
    public readonly T Value
    {
        get => Held.Current;
        set => Held.Current = value;
    }

    private readonly SharedValue<T> Held => _value is { } value && RobustMutex.IsOf(ref _mutex, _thread) ? value : throw Over();

    /// <summary>Lets the others in; once.</summary>
    /// <exception cref="SynchronizationLockException">A copy of the scope was disposed before; nothing has changed.</exception>
    public void Dispose()
    {
        SharedValue<T>? value = _value;
        _value = null;
        if (value is null) return;
        if (!RobustMutex.IsOf(ref _mutex, _thread)) throw new SynchronizationLockException("The scope of the shared value is over: a copy of it was disposed.");
        RobustMutex.Exit(ref _mutex);
        GC.KeepAlive(value);        // its memory stays until we have left
    }

    private static ObjectDisposedException Over() => new(nameof(SharedValueScope<>), "The scope of the shared value is over.");
}
