using ConcurrencySpecs.Locks;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>With one look before each sleep and little patience, so that small programs come to sleep and to hand-over.</summary>
public sealed class FutexLockContract : LockContract
{
    protected override ILock NewLock() => new FutexLock(spins: 1, patience: 1);
}

public sealed class FutexLockCutShortContract : LockCutShortContract
{
    public override string Name => "FutexLock (cut short)";

    protected override ILock NewLock() => new FutexLock(spins: 0, patience: 0);
}

public sealed class TicketLockContract : LockContract
{
    protected override ILock NewLock() => new TicketLock(looks: 1);
}

public sealed class TicketLockCutShortContract : LockCutShortContract
{
    public override string Name => "TicketLock (cut short)";

    protected override ILock NewLock() => new TicketLock(looks: 0);
}

public sealed class McsLockContract : LockContract
{
    protected override ILock NewLock() => new McsLock(spins: 1);
}

public sealed class McsLockCutShortContract : LockCutShortContract
{
    public override string Name => "McsLock (cut short)";

    protected override ILock NewLock() => new McsLock(spins: 0);
}

public sealed class RecursiveLockContract : LockContract
{
    protected override ILock NewLock() => new RecursiveLock(new(spins: 0, patience: 1));
}
