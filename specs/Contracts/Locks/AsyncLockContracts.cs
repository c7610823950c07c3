using ConcurrencySpecs.Locks;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>An <see cref="AsyncLock"/> whose waiters block, so that it can be asked what every lock is asked.</summary>
public sealed class BlockingAsyncLock : ILock
{
    private readonly AsyncLock _lock = new();
    private AsyncLockScope _held;       // the holder's alone

    public bool IsHeldByCurrentThread => _held.IsHeld;

    public void Enter(CancellationToken cancel = default) => _held = _lock.EnterAsync(cancel).AsTask().GetAwaiter().GetResult();

    public bool TryEnter()
    {
        if (!_lock.TryEnter(out AsyncLockScope scope)) return false;
        _held = scope;
        return true;
    }

    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        AsyncLockScope scope = _lock.TryEnterAsync(timeout, cancel).AsTask().GetAwaiter().GetResult();
        if (!scope.IsHeld) return false;
        _held = scope;
        return true;
    }

    public void Exit() => _held.Dispose();
}

public sealed class AsyncLockContract : LockContract
{
    protected override ILock NewLock() => new BlockingAsyncLock();
}

public sealed class AsyncLockCutShortContract : LockCutShortContract
{
    public override string Name => "AsyncLock (cut short)";

    protected override ILock NewLock() => new BlockingAsyncLock();
}
