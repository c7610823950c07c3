using System.Diagnostics;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock for many readers or one writer, for code that awaits while it holds it.</summary>
/// <remarks>
/// <para>Progress — blocking, first come, first served: readers that stand next to each other in line enter together, and
/// nobody passes a writer who waits.</para>
/// <para>Ordering — a writer excludes everybody, readers exclude writers only; what a writer wrote is visible to all who enter after it.</para>
/// <para>Cost — O(1) under one lock that is held for a few steps; waiting holds no thread. A lock keeps the holds and waiters it has had, and
/// allocates only where more hold it or wait at once than ever before, or wait with a time-out.</para>
/// <para>Failure — a wait that is cut short leaves no trace and lets those behind it through who now can; a scope that is disposed again does nothing.
/// It is not recursive: a reader that enters again may wait for a writer that waits for it.</para>
/// <para>Source — Courtois, Heymans and Parnas, "Concurrent Control with Readers and Writers", CACM 14(10), 1971, served in order of arrival;
/// value tasks over pooled sources: System.Threading.Channels.</para>
/// </remarks>
public sealed class AsyncReaderWriterLock
{
    // Under the gate of the line:
    // I1  _inside counts the readers inside; −1 is a writer
    // I2  the first in line cannot enter as things stand; so nobody is in line while nobody is inside
    // I3  a hold is that of one scope and its copies, or spare; its number tells the scopes apart that it has been given to
    private const int Writer = -1;
    private readonly TimeProvider _clock;
    private readonly AsyncLine<AsyncReaderWriterScope> _line;
    private AsyncHold? _spare;
    private int _inside;

    /// <summary>Creates a lock that is free.</summary>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    public AsyncReaderWriterLock(TimeProvider? clock = null) => (_clock, _line) = (clock ?? TimeProvider.System, new(LetThrough));

    /// <summary>Enters as a reader if that is possible at once.</summary>
    /// <param name="scope">Holds the lock until it is disposed; otherwise it holds nothing.</param>
    public bool TryEnterRead(out AsyncReaderWriterScope scope) => TryEnter(writes: false, out scope);

    /// <summary>Enters as the writer if that is possible at once.</summary>
    /// <param name="scope">Holds the lock until it is disposed; otherwise it holds nothing.</param>
    public bool TryEnterWrite(out AsyncReaderWriterScope scope) => TryEnter(writes: true, out scope);

    /// <summary>Enters as a reader, waiting for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    public ValueTask<AsyncReaderWriterScope> EnterReadAsync(CancellationToken cancel = default) => Enter(writes: false, TimeLimit.Never, cancel);

    /// <summary>Enters as the writer, waiting for as long as it takes.</summary>
    /// <inheritdoc cref="EnterReadAsync"/>
    public ValueTask<AsyncReaderWriterScope> EnterWriteAsync(CancellationToken cancel = default) => Enter(writes: true, TimeLimit.Never, cancel);

    /// <summary>Enters as a reader, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <returns>A scope whose <see cref="AsyncReaderWriterScope.IsHeld"/> says whether the lock was entered in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    public ValueTask<AsyncReaderWriterScope> TryEnterReadAsync(TimeSpan timeout, CancellationToken cancel = default) =>
        Enter(writes: false, TimeLimit.Of(timeout, _clock), cancel);

    /// <summary>Enters as the writer, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <inheritdoc cref="TryEnterReadAsync"/>
    public ValueTask<AsyncReaderWriterScope> TryEnterWriteAsync(TimeSpan timeout, CancellationToken cancel = default) =>
        Enter(writes: true, TimeLimit.Of(timeout, _clock), cancel);

    internal void Exit(AsyncHold hold, long number)
    {
        AsyncWaiter<AsyncReaderWriterScope>? granted;
        lock (_line.Gate)
        {
            if (!hold.TryEnd(number)) return;           // I3: its scope was disposed before
            (hold.Next, _spare) = (_spare, hold);
            Debug.Assert(_inside is Writer or > 0, "I1");
            _inside = Math.Max(0, _inside - 1);         // a writer's −1 becomes 0 too
            granted = LetThrough();
        }

        AsyncLine<AsyncReaderWriterScope>.SettleAll(granted);
    }

    private bool TryEnter(bool writes, out AsyncReaderWriterScope scope)
    {
        lock (_line.Gate)
        {
            bool entered = _line.First is null && Admit(writes);
            scope = entered ? NewScope() : default;
            return entered;
        }
    }

    private ValueTask<AsyncReaderWriterScope> Enter(bool writes, TimeLimit limit, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<AsyncReaderWriterScope>(cancel);
        AsyncWaiter<AsyncReaderWriterScope> waiter;
        lock (_line.Gate)
        {
            if (_line.First is null && Admit(writes)) return new(NewScope());
            if (limit.IsNow) return new(default(AsyncReaderWriterScope));
            waiter = _line.Add();
            waiter.Writes = writes;
        }

        waiter.Watch(limit, cancel);
        return waiter.Task;
    }

    // Under the gate, when somebody has left, or has given up: a writer may have kept readers out who stand behind it.
    private AsyncWaiter<AsyncReaderWriterScope>? LetThrough()
    {
        AsyncWaiter<AsyncReaderWriterScope>? granted = null, last = null;
        while (_line.First is { } first && Admit(first.Writes))
        {
            _line.Remove(first);
            first.Scope = NewScope();
            if (last is null) granted = first;
            else last.Next = first;
            last = first;
        }

        return granted;
    }

    private bool Admit(bool writes)
    {
        if (_inside == Writer || (writes && _inside > 0)) return false;
        _inside = writes ? Writer : _inside + 1;
        return true;
    }

    private AsyncReaderWriterScope NewScope()
    {
        AsyncHold hold = _spare ?? new AsyncHold(this);
        (_spare, hold.Next) = (hold.Next, null);
        return new(hold);
    }
}
