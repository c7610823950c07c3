using ConcurrencySpecs.Contracts.Processes;
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

[Broken("goes by the start of the dead until a newcomer has written its own: a third takes the place meanwhile", "Interleavings")]
public sealed class UsersInheritTheStartOfTheDead : SegmentUsersDeathContract
{
    public override string Name => nameof(UsersInheritTheStartOfTheDead);

    public override int LeastSteps => 3;

    public override int MostSteps => 8;

    protected override Estate NewSubject() => new EstateOfUsers(() => new Twin());

    private sealed class Twin : SharedUsers
    {
        public override (int Place, long Word) SignIn()
        {
            for (int place = 0; ; place++)
            {
                long found = Volatile.Read(ref Entries[place].GenerationAndProcess);
                if (IsHeldByLiving(place, found)) continue;
                long mine = (((found >>> 32) + 1) << 32) | (uint)OwnProcess.Id;
                if (Interlocked.CompareExchange(ref Entries[place].GenerationAndProcess, mine, found) != found) continue;
                Volatile.Write(ref Entries[place].StartTime, OwnProcess.StartTime);
                return (place, mine);
            }
        }

        public override bool IsTaken(int place) => IsHeldByLiving(place, Volatile.Read(ref Entries[place].GenerationAndProcess));

        public override void SignOut(int place, long word) =>
            Interlocked.CompareExchange(ref Entries[place].GenerationAndProcess, ((word >>> 32) + 1) << 32, word);

        private bool IsHeldByLiving(int place, long word)
        {
            long started = Volatile.Read(ref Entries[place].StartTime);
            return (int)word != 0 && (started == 0 || started == ProcFiles.StartTimeOf((int)word));
        }
    }
}
