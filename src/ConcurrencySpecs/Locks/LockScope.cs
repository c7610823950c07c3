namespace ConcurrencySpecs.Locks;

/// <summary>Enters a lock for the length of a block: <c>using (gate.EnterScope()) …</c></summary>
public static class LockScopes
{
    /// <summary>Enters, waiting for as long as it takes; the lock is let go of when the scope is disposed.</summary>
    /// <param name="gate">The lock to hold.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <inheritdoc cref="ILock.Enter" path="exception"/>
    public static LockScope EnterScope(this ILock gate, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(gate);
        gate.Enter(cancel);
        return new(gate);
    }
}

/// <summary>The time in which a thread holds a lock.</summary>
/// <remarks>
/// <para>Progress — wait-free: disposing exits the lock.</para>
/// <para>Ordering — that of the lock.</para>
/// <para>Cost — no allocation; it lives on the stack of its thread and cannot leave it.</para>
/// <para>Failure — disposing it again does nothing; disposing a copy throws where the thread no longer holds the lock.</para>
/// <para>Source — System.Threading.Lock.Scope.</para>
/// </remarks>
public ref struct LockScope
{
    private ILock? _held;

    internal LockScope(ILock held) => _held = held;

    /// <summary>Lets go of the lock, the first time it is called.</summary>
    /// <exception cref="SynchronizationLockException">The thread has let go of the lock by other means.</exception>
    public void Dispose()
    {
        ILock? held = _held;
        _held = null;
        held?.Exit();
    }
}
