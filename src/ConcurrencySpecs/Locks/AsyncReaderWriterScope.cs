namespace ConcurrencySpecs.Locks;

/// <summary>The time in which somebody holds an <see cref="AsyncReaderWriterLock"/>, as a reader or as the writer.</summary>
/// <remarks>
/// <para>Progress — blocking for the few steps under the gate of the lock.</para>
/// <para>Ordering — that of the lock.</para>
/// <para>Cost — no allocation.</para>
/// <para>Failure — only the first disposal of a scope or any of its copies lets go of the lock; all others do nothing, at any later time.</para>
/// <para>Source — System.Threading.Lock.Scope, with a number for each hold.</para>
/// </remarks>
public readonly struct AsyncReaderWriterScope : IDisposable, IEquatable<AsyncReaderWriterScope>
{
    private readonly AsyncHold? _hold;
    private readonly long _number;

    internal AsyncReaderWriterScope(AsyncHold hold) => (_hold, _number) = (hold, hold.Number);

    /// <summary>Whether the lock was entered and neither this scope nor a copy of it has been disposed.</summary>
    public bool IsHeld => _hold is not null && _hold.Number == _number;

    /// <summary>Lets go of the lock, the first time it is called.</summary>
    public void Dispose() => _hold?.End(_number);

    /// <summary>Whether both stand for the same hold.</summary>
    public bool Equals(AsyncReaderWriterScope other) => ReferenceEquals(_hold, other._hold) && _number == other._number;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AsyncReaderWriterScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_hold, _number);

    /// <summary>Whether both stand for the same hold.</summary>
    public static bool operator ==(AsyncReaderWriterScope left, AsyncReaderWriterScope right) => left.Equals(right);

    /// <summary>Whether they stand for different holds.</summary>
    public static bool operator !=(AsyncReaderWriterScope left, AsyncReaderWriterScope right) => !left.Equals(right);
}
