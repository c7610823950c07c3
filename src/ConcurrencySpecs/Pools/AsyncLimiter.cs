using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Pools;

/// <summary>Lets a bounded number of asynchronous operations run at once; the others wait without a thread, first come, first served.</summary>
/// <remarks>
/// <para>Progress — blocking: one lock, held for a few steps and never while user code runs; who waits is served in order, and nobody barges past.</para>
/// <para>Ordering — all that was done before a permit is disposed is visible to whoever gets in by it.</para>
/// <para>Cost — O(1); entering allocates nothing unless it waits; no more seats are made than were ever taken at once.</para>
/// <para>Failure — a wait that times out or is cancelled takes no permit; a permit goes back once, however often it is disposed, or is lost.</para>
/// <para>Source — Dijkstra, "Cooperating sequential processes", EWD 123, 1965; hand-over to the first waiter as in Hoare, CACM 17(10), 1974.</para>
/// </remarks>
public sealed class AsyncLimiter
{
    // All under the gate:
    // I1  0 ≤ running ≤ Limit, and running seats are taken; the other seats that were made lie in _free
    // I2  somebody waits only while running == Limit
    // I3  a seat's guest number grows when its guest leaves: an old permit fits no more
    private readonly Lock _gate = new();
    private readonly Stack<Seat> _free = new();
    private readonly WaiterList<Seat> _waiting;
    private readonly TimeProvider _clock;
    private int _running;

    /// <summary>Creates a limiter that lets <paramref name="limit"/> in at once.</summary>
    /// <param name="limit">How many, from 1.</param>
    /// <param name="clock">The clock of the time-outs; the system's monotonic clock where none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public AsyncLimiter(int limit, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Limit = limit;
        _clock = clock ?? TimeProvider.System;
        _waiting = new WaiterList<Seat>(_gate);
    }

    /// <summary>How many may be in at once.</summary>
    public int Limit { get; }

    /// <summary>How many are in now.</summary>
    public int Running
    {
        get { lock (_gate) return _running; }
    }

    /// <summary>Gets in if there is room at once.</summary>
    /// <param name="permit">What to dispose when done, where the result is true.</param>
    public bool TryEnter(out Permit permit) => TryEnter(out permit, mayWait: false, out _);

    /// <summary>Waits to get in, for as long as it takes and without holding a thread.</summary>
    /// <returns>What to dispose when done.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before there was room.</exception>
    public async ValueTask<Permit> EnterAsync(CancellationToken cancel = default) =>
        (await TryEnterAsync(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false))!.Value;

    /// <summary>Waits to get in, no longer than <paramref name="timeout"/> and without holding a thread.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when there is room.</param>
    /// <returns>What to dispose when done, or null when the time was up first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before there was room.</exception>
    public ValueTask<Permit?> TryEnterAsync(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, _clock);
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<Permit?>(cancel);
        if (TryEnter(out Permit permit, mayWait: !limit.IsNow, out Waiter<Seat>? waiter)) return new(permit);
        return waiter is null ? new((Permit?)null) : Entered(waiter, limit, cancel);
    }

    /// <summary>Runs work as one of those let in.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before there was room; or the work's own.</exception>
    public async Task<TResult> RunAsync<TResult>(Func<CancellationToken, ValueTask<TResult>> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        using Permit permit = await EnterAsync(cancel).ConfigureAwait(false);
        return await work(cancel).ConfigureAwait(false);
    }

    /// <summary>Runs work on each item, no more than the limit at once, and gives the results in the order of the items.</summary>
    /// <remarks>One that throws never stops the others: all are run, and then the task fails with the errors in the order of the items.</remarks>
    /// <exception cref="OperationCanceledException">Cancelled; items that had not begun were not run.</exception>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, ValueTask<TResult>> work, CancellationToken cancel = default) =>
        ResultStreams.ToArray(MapOrdered(items, work, cancel));

    /// <summary>The results in the order of the items; each error at its own place. Items are read only as fast as results are taken.</summary>
    public IAsyncEnumerable<TaskResult<TResult>> MapOrdered<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, ValueTask<TResult>> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(work);
        return ResultStreams.Ordered<TItem, TResult>(items, (item, index, token) => One(item, index, work, token), Limit, cancel);
    }

    /// <summary>The results as they come; each error as the result of its item. Items are read only as fast as results are taken.</summary>
    public IAsyncEnumerable<TaskResult<TResult>> MapUnordered<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, ValueTask<TResult>> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(work);
        return ResultStreams.Unordered<TItem, TResult>(items, (item, index, token) => One(item, index, work, token), Limit, cancel);
    }

    internal void Leave(Seat seat, long guest)
    {
        Waiter<Seat>? next;
        lock (_gate)
        {
            if (seat.Guest != guest) return;        // left before
            seat.Guest++;
            if (_waiting.TryGrantFirst(out next))
            {
                next.Item = seat;
            }
            else
            {
                _free.Push(seat);
                _running--;
            }
        }

        next?.Wake();
    }

    private bool TryEnter(out Permit permit, bool mayWait, out Waiter<Seat>? waiter)
    {
        (permit, waiter) = (default, null);
        lock (_gate)
        {
            if (_running < Limit)
            {
                _running++;
                permit = new Permit(this, _free.TryPop(out Seat? seat) ? seat : new Seat());
                return true;
            }

            if (mayWait) _waiting.Add(waiter = new Waiter<Seat>(_waiting, blocks: false));
            return false;
        }
    }

    private async ValueTask<Permit?> Entered(Waiter<Seat> waiter, TimeLimit limit, CancellationToken cancel) =>
        await waiter.IsGrantedAsync(limit, cancel).ConfigureAwait(false) ? new Permit(this, waiter.Item!) : null;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an item throws is its result.")]
    private async Task<TaskResult<TResult>> One<TItem, TResult>(
        TItem item, long index, Func<TItem, CancellationToken, ValueTask<TResult>> work, CancellationToken cancel)
    {
        try
        {
            return new(index, await RunAsync(token => work(item, token), cancel).ConfigureAwait(false), null);
        }
        catch (Exception error)
        {
            return new(index, default, error);
        }
    }

    /// <summary>One of those that may be in; it is used by one guest after the other.</summary>
    internal sealed class Seat
    {
        public long Guest { get; set; }
    }
}
