using ConcurrencySpecs.Contracts.Processes;

namespace ConcurrencySpecs.Contracts.SharedMemory;

public class SegmentUsersDeathContract : DeathContract
{
    public override string Name => "SegmentUsers (a death)";

    public override int MostSteps => 12;

    protected override Estate NewSubject() => new EstateOfUsers(() => new SharedUsers());
}
