using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Broken.Processes;

/// <summary>A barrier whose waiters look for nothing but the end of their own crossing; each twin adds what it looks for besides.</summary>
internal class BlindParties(int participants, Action? action) : SharedParties(participants, action)
{
    internal override PartyState Follow(SharedBarrier protocol, int mine, Patience patience)
    {
        while (true)
        {
            int ticket = protocol.Prepare();
            PartyState state = protocol.StateOf(mine);
            if (state is PartyState.Crossed or PartyState.Broken)
            {
                protocol.Leave(mine);
                return state;
            }

            protocol.Sleep(ticket, Timeout.InfiniteTimeSpan);
            if (SeesDead(protocol)) protocol.Break();
        }
    }

    protected virtual bool SeesDead(SharedBarrier protocol) => false;
}

[Broken("is not broken by a death: those who came wait for the dead for ever", "Interleavings")]
public sealed class BarrierIsNotBrokenByDeath : ProcessBarrierDeathContract
{
    public override string Name => nameof(BarrierIsNotBrokenByDeath);

    public override int LeastSteps => 0;

    public override int MostSteps => 40;

    protected override Estate NewSubject() => new EstateOfBarrier(action => new BlindParties(2, action), acts: false);
}

[Broken("sees who died at it, and not who died on its way to it", "Interleavings")]
public sealed class BarrierWaitsForTheDeadOnTheirWay : ProcessBarrierDeathContract
{
    public override string Name => nameof(BarrierWaitsForTheDeadOnTheirWay);

    public override int LeastSteps => 0;

    public override int MostSteps => 12;

    protected override Estate NewSubject() => new EstateOfBarrier(action => new Twin(action), acts: false);

    private sealed class Twin(Action? action) : BlindParties(2, action)
    {
        protected override bool SeesDead(SharedBarrier protocol) => protocol.HasDeadParty();
    }
}
