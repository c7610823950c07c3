using ConcurrencySpecs.Contracts.SharedMemory;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Broken.SharedMemory;

[Broken("has no generation in its places: who signs out late frees the place of another", "Interleavings")]
public sealed class UsersHaveNoGeneration : SegmentUsersDeathContract
{
    public override string Name => nameof(UsersHaveNoGeneration);

    protected override Estate NewSubject() => new EstateOfUsers(() => new Twin());

    private sealed class Twin : SharedUsers
    {
        public override void SignOut(int place, long word) => Volatile.Write(ref Entries[place].GenerationAndProcess, 0);
    }
}

[Broken("goes by the process id alone: the place of a dead whose id lives again stays taken", "Interleavings")]
public sealed class UsersAreKnownByIdAlone : SegmentUsersDeathContract
{
    public override string Name => nameof(UsersAreKnownByIdAlone);

    public override int LeastSteps => 3;

    public override int MostSteps => 8;

    protected override Estate NewSubject() => new EstateOfUsers(() => new Twin());

    private sealed class Twin : SharedUsers
    {
        public override bool IsTaken(int place)
        {
            int id = (int)Volatile.Read(ref Entries[place].GenerationAndProcess);
            return id != 0 && ProcFiles.StartTimeOf(id) != 0;
        }
    }
}
