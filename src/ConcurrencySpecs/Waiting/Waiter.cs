using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Waiting;

/// <summary>One call that waits, with the item it brings or is to receive.</summary>
/// <remarks>
/// Used for one wait only: an alarm or a cancellation that comes late finds it settled and does nothing.
/// Nobody goes on before being told, not even one whose time ran out after the decision: who settles may have something to do first.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A ManualResetEventSlim has something to release only after its WaitHandle was asked for.")]
internal sealed class Waiter<T>
{
    // I1  State and Item change under the gate of the list; once State has left Waiting, neither changes again
    private readonly WaiterList<T> _list;
    private readonly ManualResetEventSlim? _thread;
    private readonly TaskCompletionSource? _task;

    /// <summary>A waiter that is told either through its blocked thread or through a task.</summary>
    public Waiter(WaiterList<T> list, bool blocks)
    {
        _list = list;
        if (blocks) _thread = new ManualResetEventSlim();
        else _task = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public T? Item { get; set; }

    public WaitState State { get; set; }

    public Waiter<T>? Previous { get; set; }

    public Waiter<T>? Next { get; set; }

    /// <summary>Tells the waiter that it has been settled; outside the gate, by whoever settled it.</summary>
    public void Wake()
    {
        _thread?.Set();             // release → [woken]: the state and the item precede the signal
        _task?.SetResult();
    }

    /// <summary>Blocks the calling thread until the wait is settled.</summary>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted before anything else settled the wait.</exception>
    public WaitState Park(TimeLimit limit, CancellationToken cancel)
    {
        CancellationTokenRegistration registration = cancel.UnsafeRegister(Cancel, this);
        using Alarm? alarm = limit.ThreadAlarm(TimeOut);
        using var blocking = new Blocking();
        try
        {
            // acquire ← [woken]; where the time is up instead, the gate inside Withdraw orders what we read
            if (!limit.IsKeptByThread || !(IsWokenWithin(limit) || _list.Withdraw(this, WaitState.TimedOut))) _thread!.Wait(CancellationToken.None);
        }
        catch (ThreadInterruptedException)
        {
            if (_list.Withdraw(this, WaitState.Interrupted)) throw;
            _thread!.Wait(CancellationToken.None);
            Thread.CurrentThread.Interrupt();   // settled before: the result stands, and the next wait of this thread is interrupted
        }
        finally
        {
            registration.Unregister();          // rather than Dispose, which would wait for a callback that is running
        }

        return State;
    }

    /// <summary>Waits without a thread until the wait is settled.</summary>
    public async ValueTask<WaitState> ParkAsync(TimeLimit limit, CancellationToken cancel)
    {
        CancellationTokenRegistration registration = cancel.UnsafeRegister(Cancel, this);
        using Alarm? alarm = limit.TaskAlarm(TimeOut);
        await _task!.Task.ConfigureAwait(false);    // acquire ← [woken]
        registration.Unregister();
        return State;
    }

    /// <summary>Blocks until the wait is settled: true when it was granted, false when its time was up.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before.</exception>
    public bool IsGranted(TimeLimit limit, CancellationToken cancel) => IsGranted(Park(limit, cancel), cancel);

    /// <summary>The same without a thread.</summary>
    public async ValueTask<bool> IsGrantedAsync(TimeLimit limit, CancellationToken cancel) =>
        IsGranted(await ParkAsync(limit, cancel).ConfigureAwait(false), cancel);

    private static bool IsGranted(WaitState state, CancellationToken cancel) => state switch
    {
        WaitState.Granted => true,
        WaitState.TimedOut => false,
        _ => throw new OperationCanceledException(cancel),
    };

    private bool IsWokenWithin(TimeLimit limit)
    {
        for (TimeSpan left = limit.Left; left > TimeSpan.Zero; left = limit.Left) if (_thread!.Wait(left, CancellationToken.None)) return true;
        return false;
    }

    private void TimeOut() => _list.Withdraw(this, WaitState.TimedOut);

    private static void Cancel(object? state)
    {
        var waiter = (Waiter<T>)state!;
        waiter._list.Withdraw(waiter, WaitState.Cancelled);
    }
}
