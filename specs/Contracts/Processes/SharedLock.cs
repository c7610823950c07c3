using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>The protocol of a lock between processes, on words of this process, with threads in the place of processes.</summary>
public class SharedLock : ILock
{
    // Pinned, because the futex and the robust list know a word by its address.
    private readonly RobustWords[] _words = GC.AllocateArray<RobustWords>(1, pinned: true);

    public bool IsHeldByCurrentThread => RobustMutex.IsMine(ref Words);

    internal ref RobustWords Words => ref _words[0];

    public virtual void Enter(CancellationToken cancel = default) => RobustMutex.Enter(null, ref Words, Patience.Endless(cancel));

    public bool TryEnter() => RobustMutex.TryEnter(ref Words);

    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default) => RobustMutex.Enter(null, ref Words, Patience.Of(timeout, cancel));

    public virtual void Exit() => RobustMutex.Exit(ref Words);
}

public sealed class ProcessLockContract : LockContract
{
    protected override ILock NewLock() => new SharedLock();
}

public sealed class ProcessLockCutShortContract : LockCutShortContract
{
    public override string Name => "ProcessLock (cut short)";

    protected override ILock NewLock() => new SharedLock();
}
