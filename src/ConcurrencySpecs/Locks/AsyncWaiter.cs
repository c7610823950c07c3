using System.Threading.Tasks.Sources;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>One wait in an <see cref="AsyncLine{TScope}"/>, as the source of a value task; kept for the next wait once the task has been awaited.</summary>
/// <typeparam name="TScope">What the task gives: what holds the lock; the default of it where the time was up.</typeparam>
internal sealed class AsyncWaiter<TScope> : IValueTaskSource<TScope> where TScope : struct
{
    // I1  InLine, Previous and Next change under the gate of the line; who takes the waiter out of it settles it, once for each wait
    // I2  a spare waiter is in no line, no callback of its token runs or will run, and no alarm was ever set for it
    private readonly AsyncLine<TScope> _line;
    private ManualResetValueTaskSourceCore<TScope> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancel;
    private Alarm? _alarm;

    public AsyncWaiter(AsyncLine<TScope> line)
    {
        _line = line;
        _core.RunContinuationsAsynchronously = true;    // who exits never runs what the next holder does
    }

    public AsyncWaiter<TScope>? Previous { get; set; }

    public AsyncWaiter<TScope>? Next { get; set; }

    public bool InLine { get; set; }

    /// <summary>Whether it would be alone inside, where the lock makes a difference.</summary>
    public bool Writes { get; set; }

    /// <summary>What the wait ends with when it is granted; set by who grants it.</summary>
    public TScope Scope { get; set; }

    public ValueTask<TScope> Task => new(this, _core.Version);

    /// <summary>Lets the token and the clock end the wait; by the thread that waits, before it hands out the task.</summary>
    public void Watch(TimeLimit limit, CancellationToken cancel)
    {
        _cancel = cancel;
        if (!limit.IsNever) _alarm = limit.TaskAlarm(() => _line.Withdraw(this, cancelled: null));      // asked first: the delegate is an object
        _registration = cancel.UnsafeRegister(static waiter => ((AsyncWaiter<TScope>)waiter!).Cancel(), this);
    }

    /// <summary>Ends the wait with what it was granted.</summary>
    public void Settle()
    {
        TScope scope = Scope;
        Scope = default;
        _core.SetResult(scope);
    }

    /// <summary>Ends the wait with nothing: the time was up, or a token was cancelled.</summary>
    public void GiveUp(CancellationToken? cancelled)
    {
        if (cancelled is { } token) _core.SetException(new OperationCanceledException(token));
        else _core.SetResult(default);
    }

    TScope IValueTaskSource<TScope>.GetResult(short token)
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
            if (reusable) _line.Keep(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<TScope>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<TScope>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel() => _line.Withdraw(this, _cancel);
}
