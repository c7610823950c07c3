namespace ConcurrencySpecs.Locks;

/// <summary>The time in which somebody holds an <see cref="AsyncLock"/>.</summary>
/// <remarks>
/// <para>Progress — wait-free while nobody waits for the lock; otherwise a few steps under its gate.</para>
/// <para>Ordering — that of the lock.</para>
/// <para>Cost — no allocation.</para>
/// <para>Failure — only the first disposal of a scope or any of its copies lets go of the lock; all others do nothing, at any later time.</para>
/// <para>Source — System.Threading.Lock.Scope, with a number for each hold.</para>
/// </remarks>
public readonly struct AsyncLockScope : IDisposable, IEquatable<AsyncLockScope>
{
    private readonly AsyncLock? _lock;
    private readonly long _hold;

    internal AsyncLockScope(AsyncLock held, long hold) => (_lock, _hold) = (held, hold);

    /// <summary>Whether the lock was entered and this scope has not been disposed.</summary>
    public bool IsHeld => _lock is not null && _lock.Holds(_hold);

    /// <summary>Lets go of the lock, the first time it is called.</summary>
    public void Dispose() => _lock?.Exit(_hold);

    /// <summary>Whether both stand for the same hold.</summary>
    public bool Equals(AsyncLockScope other) => ReferenceEquals(_lock, other._lock) && _hold == other._hold;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AsyncLockScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_lock, _hold);

    /// <summary>Whether both stand for the same hold.</summary>
    public static bool operator ==(AsyncLockScope left, AsyncLockScope right) => left.Equals(right);

    /// <summary>Whether they stand for different holds.</summary>
    public static bool operator !=(AsyncLockScope left, AsyncLockScope right) => !left.Equals(right);
}
