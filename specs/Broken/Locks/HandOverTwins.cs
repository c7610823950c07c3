using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Locks;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>A lock that is handed from task to task, correct as it stands; each twin overrides one decision.</summary>
internal class HandOverTwin : ILock
{
    protected readonly object Gate = new();
    protected readonly Queue<TaskCompletionSource<bool>> Line = new();
    protected bool Held;

    public bool IsHeldByCurrentThread => Held;

    public void Enter(CancellationToken cancel = default) => TryEnter(Timeout.InfiniteTimeSpan, cancel);

    public bool TryEnter()
    {
        lock (Gate)
        {
            if (Held) return false;
            return Held = true;
        }
    }

    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        TaskCompletionSource<bool> waiter;
        lock (Gate)
        {
            if (!Held) return Held = true;
            if (timeout != Timeout.InfiniteTimeSpan) return false;
            Line.Enqueue(waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using CancellationTokenRegistration registration = cancel.Register(() => Cancel(waiter, cancel));
        return waiter.Task.GetAwaiter().GetResult();
    }

    public virtual void Exit()
    {
        lock (Gate)
        {
            while (Line.TryDequeue(out TaskCompletionSource<bool>? first)) if (first.TrySetResult(true)) return;
            Held = false;
        }
    }

    protected virtual void Cancel(TaskCompletionSource<bool> waiter, CancellationToken cancel) => waiter.TrySetCanceled(cancel);
}

[Broken("hands the lock to the first in line and does not ask whether that one has been cancelled: nobody holds it, and nobody gets it", "Interleavings")]
public sealed class HandOverToWhoHasLeft : LockCutShortContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : HandOverTwin
    {
        public override void Exit()
        {
            lock (Gate)
            {
                if (Line.TryDequeue(out TaskCompletionSource<bool>? first)) first.TrySetResult(true);
                else Held = false;
            }
        }
    }
}

[Broken("frees the lock and also hands it over: a newcomer gets in beside the heir", "Interleavings")]
public sealed class HandOverOfAFreeLock : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : HandOverTwin
    {
        public override void Exit()
        {
            lock (Gate)
            {
                Held = false;
                if (Line.TryDequeue(out TaskCompletionSource<bool>? first)) first.TrySetResult(true);
            }
        }
    }
}
