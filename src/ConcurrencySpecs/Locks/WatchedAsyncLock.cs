using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock for code that awaits, or one side of it, or the units of a semaphore, under the eyes of a <see cref="LockMonitor"/>.</summary>
/// <remarks>
/// <para>Progress — that of the lock.</para>
/// <para>Ordering — that of the lock.</para>
/// <para>Cost — that of the monitor, and some objects at each entering.</para>
/// <para>Failure — the holder is the flow of code that entered: the calling method, and the methods and tasks that it calls and starts from then on. For
/// who called the method and lives on with the scope, the hold is in the dump but gives no order.</para>
/// <para>Source — lock-order graphs: Savage et al., "Eraser", TOCS 15(4), 1997, with System.Threading.AsyncLocal in the place of the thread.</para>
/// </remarks>
public sealed class WatchedAsyncLock
{
    private readonly LockMonitor _monitor;
    private readonly WatchedResource _resource;
    private readonly IFlowGate _gate;

    internal WatchedAsyncLock(LockMonitor monitor, WatchedResource resource, IFlowGate gate) => (_monitor, _resource, _gate) = (monitor, resource, gate);

    /// <summary>Enters if that is possible at once.</summary>
    /// <param name="scope">Holds the lock until it is disposed; otherwise it holds nothing.</param>
    public bool TryEnter(out WatchedScope scope)
    {
        IDisposable? held = _gate.TryEnter();
        scope = held is null ? default : Enter(_monitor.NewFlow(), held);
        return held is not null;
    }

    /// <summary>Enters, waiting for as long as it takes without holding a thread.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when the lock is free.</param>
    /// <returns>What holds the lock until it is disposed. Await it once.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    public ValueTask<WatchedScope> EnterAsync(CancellationToken cancel = default) => TryEnterAsync(Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Enters, waiting no longer than <paramref name="timeout"/> and without holding a thread.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when the lock is free.</param>
    /// <returns>A scope whose <see cref="WatchedScope.IsHeld"/> says whether the lock was entered in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    public ValueTask<WatchedScope> TryEnterAsync(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        if (cancel.IsCancellationRequested) return ValueTask.FromCanceled<WatchedScope>(cancel);
        if (!limit.IsNow) _monitor.Enters(_resource);
        if (TryEnter(out WatchedScope scope) || limit.IsNow) return new(scope);
        WatchedFlow flow = _monitor.NewFlow();          // here: what an async method sets for its flow is gone when it returns
        _monitor.Waits(flow, _resource);
        return Wait(flow, timeout, cancel);
    }

    private async ValueTask<WatchedScope> Wait(WatchedFlow flow, TimeSpan timeout, CancellationToken cancel)
    {
        IDisposable? held = null;
        try
        {
            TimeSpan limit = _monitor.LongWait;
            bool tells = limit != Timeout.InfiniteTimeSpan && (timeout == Timeout.InfiniteTimeSpan || timeout > limit);
            held = await _gate.TryEnterAsync(tells ? limit : timeout, cancel).ConfigureAwait(false);
            if (held is null && tells)
            {
                _monitor.WaitsLong();
                TimeSpan rest = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - limit;
                held = await _gate.TryEnterAsync(rest, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            if (held is null) _monitor.HasWaited(flow);
        }

        return held is null ? default : Enter(flow, held);
    }

    private WatchedScope Enter(WatchedFlow flow, IDisposable held)
    {
        _monitor.Entered(flow, _resource, held);
        return new(_monitor, flow);
    }
}
