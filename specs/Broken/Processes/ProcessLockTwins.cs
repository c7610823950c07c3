using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Broken.Processes;

[Broken("is on no list of its holder: nobody gets the lock of a dead", "Interleavings")]
public sealed class LockIsNotRobust : ProcessLockDeathContract
{
    public override string Name => nameof(LockIsNotRobust);

    public override int LeastSteps => 1;

    public override int MostSteps => 6;

    protected override Estate NewSubject() => new EstateOfLock(() => new Twin());

    private sealed class Twin : SharedLock
    {
        private const int Held = 1, Awaited = 2;

        public override void Enter(CancellationToken cancel = default)
        {
            if (Interlocked.CompareExchange(ref Words.Word, Held, 0) == 0) return;
            while (Interlocked.Exchange(ref Words.Word, Awaited) != 0) SharedFutex.Wait(ref Words.Word, Awaited, Timeout.InfiniteTimeSpan);
        }

        public override void Exit()
        {
            if (Interlocked.Exchange(ref Words.Word, 0) == Awaited) SharedFutex.Wake(ref Words.Word, 1);
        }
    }
}

[Broken("hands the lock of a dead on as if all were well", "Interleavings")]
public sealed class LockIsHandedOnInSilence : ProcessLockDeathContract
{
    public override string Name => nameof(LockIsHandedOnInSilence);

    public override int LeastSteps => 4;

    public override int MostSteps => 8;

    protected override Estate NewSubject() => new EstateOfLock(() => new Twin());

    private sealed class Twin : SharedLock
    {
        public override void Enter(CancellationToken cancel = default)
        {
            base.Enter(cancel);
            Words.Inconsistent = 0;
        }
    }
}

[Broken("leaves its process id behind when it exits: the next one that dies on its way in is taken for it", "Interleavings")]
public sealed class LockNamesTheHolderBefore : ProcessLockDeathContract
{
    public override string Name => nameof(LockNamesTheHolderBefore);

    public override int LeastSteps => 1;

    public override int MostSteps => 2;

    protected override Estate NewSubject() => new EstateOfLock(() => new Twin());

    private sealed class Twin : SharedLock
    {
        public override void Exit()
        {
            int me = Words.Process;
            base.Exit();
            Interlocked.CompareExchange(ref Words.Process, me, 0);
        }
    }
}
