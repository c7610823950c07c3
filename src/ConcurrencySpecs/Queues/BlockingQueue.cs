using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Queues;

/// <summary>A bounded first-in, first-out queue whose producers wait for room and whose consumers wait for items, as threads or as tasks.</summary>
/// <remarks>
/// <para>Progress — blocking: one lock, held for a few steps and never while user code runs; who waits is served in arrival order.</para>
/// <para>Ordering — linearizable; all that the producer wrote before an item was added is visible to whoever gets it.</para>
/// <para>Cost — O(1) under one lock, no allocation unless the call waits; closing is linear in those who wait or in what is dropped.</para>
/// <para>Failure — a wait that times out or is cancelled takes no item and adds none; every put item is got once, dropped by Abort, or still inside.</para>
/// <para>Source — Hoare, "Monitors", CACM 17(10), 1974; waiters as explicit reservations: Scherer and Scott, DISC 2004.</para>
/// </remarks>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class BlockingQueue<T> : IQueue<T>
{
    // All under the gate:
    // I1  0 ≤ count ≤ Capacity; slots [head, head + count), modulo Capacity, hold the items in arrival order, every other slot is default
    // I2  a getter waits only while the queue is open and empty, a putter only while it is open and full
    // I3  a waiter is settled once, under the gate, and woken after it: no user code and no other thread runs inside
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly WaiterList<T> _getters;
    private readonly WaiterList<T> _putters;
    private readonly T[] _slots;
    private int _head;
    private int _count;
    private bool _closed;

    /// <summary>Creates a queue that holds up to <paramref name="capacity"/> items.</summary>
    /// <param name="capacity">How many items fit; exactly as many.</param>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1 or above <see cref="Array.MaxLength"/>.</exception>
    public BlockingQueue(int capacity, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, Array.MaxLength);
        _slots = new T[capacity];
        _clock = clock ?? TimeProvider.System;
        _getters = new WaiterList<T>(_gate);
        _putters = new WaiterList<T>(_gate);
    }

    /// <inheritdoc/>
    public int Capacity => _slots.Length;

    /// <summary>How many items are inside, without those that blocked producers hold out.</summary>
    public int Count
    {
        get { lock (_gate) return _count; }
    }

    /// <summary>Whether <see cref="CompleteAdding"/> or <see cref="Abort"/> has been called.</summary>
    public bool IsAddingCompleted
    {
        get { lock (_gate) return _closed; }
    }

    /// <summary>Adds an item, waiting for room for as long as it takes.</summary>
    /// <exception cref="QueueClosedException">The queue is closed, or was closed while the call waited; the item was not added.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the item was added; it stays with the caller.</exception>
    public void Put(T item, CancellationToken cancel = default) => RequireAdded(TryPut(item, Timeout.InfiniteTimeSpan, cancel));

    /// <summary>Adds an item if there is room at once.</summary>
    /// <returns><see cref="PutResult.Added"/>, <see cref="PutResult.Full"/> or <see cref="PutResult.Closed"/>.</returns>
    public PutResult TryPut(T item) => TryPut(item, TimeSpan.Zero, CancellationToken.None);

    /// <summary>Adds an item, waiting for room no longer than <paramref name="timeout"/>.</summary>
    /// <param name="item">The item; it stays with the caller unless it is added.</param>
    /// <param name="timeout">Zero answers at once with <see cref="PutResult.Full"/>; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when there is room.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the item was added.</exception>
    public PutResult TryPut(T item, TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, _clock);
        cancel.ThrowIfCancellationRequested();
        PutResult result = Offer(item, mayWait: !limit.IsNow, blocks: true, out Waiter<T>? waiter);
        return waiter is null ? result : PutResultOf(waiter.Park(limit, cancel), cancel);
    }

    /// <summary>Adds an item, waiting for room for as long as it takes without holding a thread.</summary>
    /// <inheritdoc cref="Put" path="exception"/>
    public async ValueTask PutAsync(T item, CancellationToken cancel = default) =>
        RequireAdded(await TryPutAsync(item, Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false));

    /// <summary>Adds an item, waiting for room no longer than <paramref name="timeout"/> and without holding a thread.</summary>
    /// <inheritdoc cref="TryPut(T, TimeSpan, CancellationToken)"/>
    public ValueTask<PutResult> TryPutAsync(T item, TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, _clock);
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<PutResult>(cancel);
        PutResult result = Offer(item, mayWait: !limit.IsNow, blocks: false, out Waiter<T>? waiter);
        return waiter is null ? new(result) : PutResultOf(waiter, limit, cancel);
    }

    /// <summary>Takes the oldest item, waiting for one for as long as it takes.</summary>
    /// <exception cref="QueueClosedException">The queue is closed and drained, or became so while the call waited.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before an item was taken.</exception>
    public T Get(CancellationToken cancel = default) => RequireTaken(new(TryGet(out T? item, Timeout.InfiniteTimeSpan, cancel), item));

    /// <summary>Takes the oldest item if there is one at once.</summary>
    /// <returns><see cref="GetResult.Taken"/>, <see cref="GetResult.Empty"/> or <see cref="GetResult.Closed"/>.</returns>
    public GetResult TryGet(out T? item) => TryGet(out item, TimeSpan.Zero, CancellationToken.None);

    /// <summary>Takes the oldest item, waiting for one no longer than <paramref name="timeout"/>.</summary>
    /// <param name="item">The item when the result is <see cref="GetResult.Taken"/>, otherwise default.</param>
    /// <param name="timeout">Zero answers at once with <see cref="GetResult.Empty"/>; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when there is an item.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before an item was taken.</exception>
    public GetResult TryGet(out T? item, TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, _clock);
        cancel.ThrowIfCancellationRequested();
        Got<T> got = Take(mayWait: !limit.IsNow, blocks: true, out Waiter<T>? waiter);
        if (waiter is not null) got = GotOf(waiter.Park(limit, cancel), waiter, cancel);
        item = got.Item;
        return got.Result;
    }

    /// <summary>Takes the oldest item, waiting for one for as long as it takes without holding a thread.</summary>
    /// <inheritdoc cref="Get" path="exception"/>
    public async ValueTask<T> GetAsync(CancellationToken cancel = default) =>
        RequireTaken(await TryGetAsync(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false));

    /// <summary>Takes the oldest item, waiting for one no longer than <paramref name="timeout"/> and without holding a thread.</summary>
    /// <inheritdoc cref="TryGet(out T, TimeSpan, CancellationToken)" path="/*[not(self::param[@name='item'])]"/>
    public ValueTask<Got<T>> TryGetAsync(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, _clock);
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<Got<T>>(cancel);
        Got<T> got = Take(mayWait: !limit.IsNow, blocks: false, out Waiter<T>? waiter);
        return waiter is null ? new(got) : GotOf(waiter, limit, cancel);
    }

    /// <summary>Closes the queue for producers, those that wait included; consumers drain what is inside and are then told. Harmless when repeated.</summary>
    public void CompleteAdding() => Close(drop: false);

    /// <summary>Closes the queue for everybody: drops what is inside and releases all who wait. Harmless when repeated.</summary>
    /// <returns>What was dropped, oldest first. The items of blocked producers are not among them: those learn that they were not added.</returns>
    public IReadOnlyList<T> Abort() => Close(drop: true);

    bool IQueue<T>.TryEnqueue(T item) => TryPut(item) == PutResult.Added;

    bool IQueue<T>.TryDequeue([MaybeNullWhen(false)] out T item) => TryGet(out item) == GetResult.Taken;

    // The answer, or a waiter in its place where the call has to wait.
    private PutResult Offer(T item, bool mayWait, bool blocks, out Waiter<T>? waiter)
    {
        waiter = null;
        Waiter<T>? getter;
        lock (_gate)
        {
            if (_closed) return PutResult.Closed;
            if (_getters.TryGrantFirst(out getter))
            {
                Debug.Assert(_count == 0, "I2");
                getter.Item = item;
            }
            else if (_count < Capacity)
            {
                Append(item);
            }
            else
            {
                if (mayWait) _putters.Add(waiter = new Waiter<T>(_putters, blocks) { Item = item });
                return PutResult.Full;
            }
        }

        getter?.Wake();
        return PutResult.Added;
    }

    // The answer, or a waiter in its place where the call has to wait.
    private Got<T> Take(bool mayWait, bool blocks, out Waiter<T>? waiter)
    {
        waiter = null;
        T item;
        Waiter<T>? putter;
        lock (_gate)
        {
            if (_count == 0)
            {
                if (_closed) return new(GetResult.Closed, default);
                if (mayWait) _getters.Add(waiter = new Waiter<T>(_getters, blocks));
                return new(GetResult.Empty, default);
            }

            bool wasFull = _count == Capacity;
            item = RemoveOldest();
            if (_putters.TryGrantFirst(out putter))
            {
                Debug.Assert(wasFull, "I2");
                Append(putter.Item!);
            }
        }

        putter?.Wake();
        return new(GetResult.Taken, item);
    }

    private T[] Close(bool drop)
    {
        T[] dropped = [];
        var released = new List<Waiter<T>>();
        lock (_gate)
        {
            _closed = true;
            _getters.SettleAll(WaitState.Closed, released);
            _putters.SettleAll(WaitState.Closed, released);
            if (drop) dropped = new T[_count];
            for (int i = 0; i < dropped.Length; i++) dropped[i] = RemoveOldest();
        }

        foreach (Waiter<T> waiter in released) waiter.Wake();
        return dropped;
    }

    private void Append(T item)
    {
        int free = _head - Capacity + _count;       // negative unless the items wrap round the end
        _slots[free < 0 ? free + Capacity : free] = item;
        _count++;
        Debug.Assert(_count <= Capacity, "I1");
    }

    private T RemoveOldest()
    {
        T item = _slots[_head];
        _slots[_head] = default!;
        _head = _head + 1 == Capacity ? 0 : _head + 1;
        _count--;
        Debug.Assert(_count >= 0, "I1");
        return item;
    }

    private static async ValueTask<PutResult> PutResultOf(Waiter<T> putter, TimeLimit limit, CancellationToken cancel) =>
        PutResultOf(await putter.ParkAsync(limit, cancel).ConfigureAwait(false), cancel);

    private static PutResult PutResultOf(WaitState state, CancellationToken cancel) => state switch
    {
        WaitState.Granted => PutResult.Added,
        WaitState.TimedOut => PutResult.TimedOut,
        WaitState.Closed => PutResult.Closed,
        _ => throw new OperationCanceledException(cancel),
    };

    private static async ValueTask<Got<T>> GotOf(Waiter<T> getter, TimeLimit limit, CancellationToken cancel) =>
        GotOf(await getter.ParkAsync(limit, cancel).ConfigureAwait(false), getter, cancel);

    private static Got<T> GotOf(WaitState state, Waiter<T> getter, CancellationToken cancel) => state switch
    {
        WaitState.Granted => new(GetResult.Taken, getter.Item),
        WaitState.TimedOut => new(GetResult.TimedOut, default),
        WaitState.Closed => new(GetResult.Closed, default),
        _ => throw new OperationCanceledException(cancel),
    };

    private static void RequireAdded(PutResult result)
    {
        if (result == PutResult.Added) return;
        throw new QueueClosedException("The queue is closed, so the item was not added. Use TryPut or TryPutAsync where closing is an ordinary end.");
    }

    private static T RequireTaken(Got<T> got) => got.Result == GetResult.Taken ? got.Item! : throw new QueueClosedException(
        "The queue is closed and drained, so no item can ever come. Use TryGet or TryGetAsync where closing is an ordinary end.");
}
