using System.Threading.Tasks.Sources;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>One wait for an <see cref="AsyncLock"/>, as the source of a value task; kept for the next wait once the task has been awaited.</summary>
internal sealed class AsyncWaiter : IValueTaskSource<AsyncLockScope>
{
    // I1  InLine, Previous and Next change under the gate of the lock; who takes the waiter out of the line settles it, once for each wait
    // I2  a spare waiter is in no line, no callback of its token runs or will run, and no alarm was ever set for it
    private ManualResetValueTaskSourceCore<AsyncLockScope> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancel;
    private Alarm? _alarm;
    private readonly AsyncLock _lock;

    public AsyncWaiter(AsyncLock of)
    {
        _lock = of;
        _core.RunContinuationsAsynchronously = true;    // who exits never runs what the next holder does
    }

    public AsyncWaiter? Previous { get; set; }

    public AsyncWaiter? Next { get; set; }

    public bool InLine { get; set; }

    public ValueTask<AsyncLockScope> Task => new(this, _core.Version);

    /// <summary>Lets the token and the clock end the wait; by the thread that waits, before it hands out the task.</summary>
    public void Watch(TimeLimit limit, CancellationToken cancel)
    {
        _cancel = cancel;
        if (!limit.IsNever) _alarm = limit.TaskAlarm(() => _lock.Withdraw(this, cancelled: null));      // asked first: the delegate is an object
        _registration = cancel.UnsafeRegister(static waiter => ((AsyncWaiter)waiter!).Cancel(), this);
    }

    /// <summary>Ends the wait: with a scope, with an empty one where the time was up, or with a token that was cancelled.</summary>
    public void Settle(AsyncLockScope scope, CancellationToken? cancelled)
    {
        if (cancelled is { } token) _core.SetException(new OperationCanceledException(token));
        else _core.SetResult(scope);
    }

    AsyncLockScope IValueTaskSource<AsyncLockScope>.GetResult(short token)
    {
        ValueTaskSourceStatus status = _core.GetStatus(token);      // throws for a task that was awaited before
        if (status == ValueTaskSourceStatus.Pending) throw new InvalidOperationException(
            "The lock has not been entered yet. Await the task; to block on it, turn it into a Task by AsTask() first.");
        _registration.Dispose();                                    // waits for a callback that is running, so that none is left for the next wait
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            bool reusable = _alarm is null;
            _alarm?.Dispose();
            (_alarm, _registration, _cancel) = (null, default, default);
            _core.Reset();
            if (reusable) _lock.Keep(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<AsyncLockScope>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<AsyncLockScope>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel() => _lock.Withdraw(this, _cancel);
}
