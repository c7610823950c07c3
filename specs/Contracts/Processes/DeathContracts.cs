namespace ConcurrencySpecs.Contracts.Processes;

public class ProcessLockDeathContract : DeathContract
{
    public override string Name => "ProcessLock (a death)";

    protected override Estate NewSubject() => new EstateOfLock(() => new SharedLock());
}

public class ProcessConditionDeathContract : DeathContract
{
    public override string Name => "ProcessCondition (a death)";

    protected override Estate NewSubject() => new EstateOfCondition(guard => new SharedLine(guard));
}

public class ProcessConditionClosedLockContract : DeathContract
{
    public override string Name => "ProcessCondition (a lock disposed)";

    protected override Estate NewSubject() => new EstateOfClosedLock(guard => new SharedLine(guard));
}

public class ProcessBarrierDeathContract : DeathContract
{
    public override string Name => "ProcessBarrier (a death)";

    public override int MostSteps => 150;

    protected override Estate NewSubject() => new EstateOfBarrier(action => new SharedParties(2, action), acts: false);
}

public class ProcessBarrierActionDeathContract : DeathContract
{
    public override string Name => "ProcessBarrier (a death beside its action)";

    public override int MostSteps => 180;

    protected override Estate NewSubject() => new EstateOfBarrier(action => new SharedParties(2, action), acts: true);
}

public class ProcessReaderWriterLockDeathContract : DeathContract
{
    public override string Name => "ProcessReaderWriterLock (a death)";

    protected override Estate NewSubject() => new EstateOfReaders(() => new SharedReaders());
}

public class ProcessSemaphoreDeathContract : DeathContract
{
    public override string Name => "ProcessSemaphore (a death)";

    public override int MostSteps => 90;

    protected override Estate NewSubject() => new EstateOfUnits(() => new SharedUnits(1, 1));
}
