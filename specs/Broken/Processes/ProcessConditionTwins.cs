using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Broken.Processes;

/// <summary>A condition whose waiters look for nothing but their own notification; each twin adds what it looks for besides.</summary>
internal class BlindLine(SharedLock guard) : SharedLine(guard)
{
    internal override ConditionEnd Wait(Patience patience, ISharedMemory? guardMemory = null)
    {
        ref ConditionPlace mine = ref Places[SharedCondition.Join(ref Terms, Places)];
        RobustMutex.Exit(ref Guard.Words);
        while (Volatile.Read(ref mine.Notified) == 0 && !LooksUp()) SharedFutex.Wait(ref mine.Notified, 0, Timeout.InfiniteTimeSpan);
        try
        {
            Woken(ref mine);
            RobustMutex.Enter(guardMemory, ref Guard.Words, Patience.Endless());
            if (PassesOn) SharedCondition.PassOnFromDead(ref Terms, Places);
        }
        finally
        {
            mine.Notified = 0;
            RobustMutex.Exit(ref mine.Life);
        }

        return ConditionEnd.Notified;
    }

    protected virtual bool PassesOn => false;

    protected virtual bool LooksUp() => false;

    internal virtual void Woken(ref ConditionPlace mine) { }
}

[Broken("does not look for the dead while it sleeps: one who is killed eats the notification that it was given", "Interleavings")]
public sealed class ConditionsNotificationIsEatenByTheDead : ProcessConditionDeathContract
{
    public override string Name => nameof(ConditionsNotificationIsEatenByTheDead);

    public override int LeastSteps => 18;

    public override int MostSteps => 32;

    protected override Estate NewSubject() => new EstateOfCondition(guard => new Twin(guard));

    private sealed class Twin(SharedLock guard) : BlindLine(guard)
    {
        protected override bool LooksUp() => RobustMutex.IsLeftByDead(ref Guard.Words) || Volatile.Read(ref Guard.Words.Inconsistent) != 0;
    }
}

[Broken("sleeps on when the holder of the lock has died: what that one was notified of is forgotten", "Interleavings")]
public sealed class ConditionSleepsBesideAnAbandonedLock : ProcessConditionDeathContract
{
    public override string Name => nameof(ConditionSleepsBesideAnAbandonedLock);

    public override int LeastSteps => 26;

    public override int MostSteps => 46;

    protected override Estate NewSubject() => new EstateOfCondition(guard => new Twin(guard));

    private sealed class Twin(SharedLock guard) : BlindLine(guard)
    {
        protected override bool PassesOn => true;

        protected override bool LooksUp() => SharedCondition.DeadWereNotified(ref Terms, Places);
    }
}

[Broken("clears the notification of one who cannot come back, because its lock was disposed, instead of leaving it to the next in line", "Interleavings")]
public sealed class ConditionForgetsWhomItsLockLeft : ProcessConditionClosedLockContract
{
    public override string Name => nameof(ConditionForgetsWhomItsLockLeft);

    public override int LeastSteps => 60;

    protected override Estate NewSubject() => new EstateOfClosedLock(guard => new Twin(guard));

    private sealed class Twin(SharedLock guard) : BlindLine(guard)
    {
        protected override bool PassesOn => true;

        protected override bool LooksUp() => RobustMutex.IsLeftByDead(ref Guard.Words) || Volatile.Read(ref Guard.Words.Inconsistent) != 0
            || SharedCondition.DeadWereNotified(ref Terms, Places);
    }
}

[Broken("waits, while it notifies, until those whom it woke say so: it waits for the dead for ever, and all others for the lock", "Interleavings")]
public sealed class ConditionWaitsForWhomItWakes : ProcessConditionDeathContract
{
    public override string Name => nameof(ConditionWaitsForWhomItWakes);

    public override int LeastSteps => 15;

    public override int MostSteps => 40;

    protected override Estate NewSubject() => new EstateOfCondition(guard => new Twin(guard));

    private sealed class Twin(SharedLock guard) : BlindLine(guard)
    {
        private const int Answered = 2;

        public override void Notify(int count)
        {
            base.Notify(count);
            foreach (ref ConditionPlace place in Places)
                while (Volatile.Read(ref place.Notified) == 1) SharedFutex.Wait(ref place.Notified, 1, Timeout.InfiniteTimeSpan);
        }

        internal override void Woken(ref ConditionPlace mine)
        {
            Volatile.Write(ref mine.Notified, Answered);
            SharedFutex.Wake(ref mine.Notified, 1);
        }
    }
}
