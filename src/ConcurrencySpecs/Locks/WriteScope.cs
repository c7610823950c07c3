namespace ConcurrencySpecs.Locks;

/// <summary>The time in which a thread is inside a <see cref="PhaseFairReaderWriterLock"/> as the writer.</summary>
/// <remarks>
/// <para>Progress — wait-free: disposing leaves the lock.</para>
/// <para>Ordering — that of the lock.</para>
/// <para>Cost — no allocation; it lives on the stack of its thread and cannot leave it.</para>
/// <para>Failure — disposing it again does nothing; disposing a copy throws where the thread is no longer inside.</para>
/// <para>Source — System.Threading.Lock.Scope.</para>
/// </remarks>
public ref struct WriteScope
{
    private PhaseFairReaderWriterLock? _held;

    internal WriteScope(PhaseFairReaderWriterLock held) => _held = held;

    /// <summary>Leaves the lock, the first time it is called.</summary>
    /// <exception cref="SynchronizationLockException">The thread has left the lock by other means.</exception>
    public void Dispose()
    {
        PhaseFairReaderWriterLock? held = _held;
        _held = null;
        held?.ExitWrite();
    }
}
