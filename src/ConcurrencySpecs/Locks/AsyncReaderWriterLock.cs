using System.Diagnostics;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock for many readers or one writer, for code that awaits while it holds it.</summary>
/// <remarks>
/// <para>Progress — blocking, first come, first served: readers that stand next to each other in line enter together, and
/// nobody passes a writer who waits.</para>
/// <para>Ordering — a writer excludes everybody, readers exclude writers only; what a writer wrote is visible to all who enter after it.</para>
/// <para>Cost — O(1) under one lock that is held for a few steps, one allocation for each hold and more for a wait; waiting holds no thread.</para>
/// <para>Failure — a wait that is cut short leaves no trace and lets those behind it through who now can; a scope that is disposed again does nothing.
/// It is not recursive: a reader that enters again may wait for a writer that waits for it.</para>
/// <para>Source — Courtois, Heymans and Parnas, "Concurrent Control with Readers and Writers", CACM 14(10), 1971, served in order of arrival.</para>
/// </remarks>
public sealed class AsyncReaderWriterLock
{
    // Under the gate:
    // I1  _inside counts the readers inside; −1 is a writer
    // I2  the first in line cannot enter as things stand; so nobody is in line while nobody is inside
    private const int Writer = -1;
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly WaiterList<bool> _line;     // a waiter's item says whether it is a writer
    private int _inside;

    /// <summary>Creates a lock that is free.</summary>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    public AsyncReaderWriterLock(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _line = new WaiterList<bool>(_gate);
    }

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

    internal void Exit()
    {
        var granted = new List<Waiter<bool>>();
        lock (_gate)
        {
            Debug.Assert(_inside is Writer or > 0, "I1");
            _inside = Math.Max(0, _inside - 1);         // a writer's −1 becomes 0 too
            LetThrough(granted);
        }

        foreach (Waiter<bool> waiter in granted) waiter.Wake();
    }

    private bool TryEnter(bool writes, out AsyncReaderWriterScope scope)
    {
        bool entered;
        lock (_gate) entered = _line.First is null && Admit(writes);
        scope = entered ? new AsyncReaderWriterScope(this) : default;
        return entered;
    }

    private ValueTask<AsyncReaderWriterScope> Enter(bool writes, TimeLimit limit, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<AsyncReaderWriterScope>(cancel);
        Waiter<bool> waiter;
        lock (_gate)
        {
            if (_line.First is null && Admit(writes)) return new(new AsyncReaderWriterScope(this));
            if (limit.IsNow) return new(default(AsyncReaderWriterScope));
            _line.Add(waiter = new Waiter<bool>(_line, blocks: false) { Item = writes });
        }

        return Wait(waiter, limit, cancel);
    }

    private async ValueTask<AsyncReaderWriterScope> Wait(Waiter<bool> waiter, TimeLimit limit, CancellationToken cancel)
    {
        bool granted = false;
        try
        {
            granted = await waiter.IsGrantedAsync(limit, cancel).ConfigureAwait(false);
        }
        finally
        {
            if (!granted) Reconsider();
        }

        return granted ? new AsyncReaderWriterScope(this) : default;
    }

    // A writer who gave up may have kept readers out who stand behind it.
    private void Reconsider()
    {
        var granted = new List<Waiter<bool>>();
        lock (_gate) LetThrough(granted);
        foreach (Waiter<bool> waiter in granted) waiter.Wake();
    }

    private void LetThrough(List<Waiter<bool>> granted)
    {
        while (_line.First is { } first && Admit(first.Item) && _line.TryGrantFirst(out _)) granted.Add(first);
    }

    private bool Admit(bool writes)
    {
        if (_inside == Writer || (writes && _inside > 0)) return false;
        _inside = writes ? Writer : _inside + 1;
        return true;
    }
}
