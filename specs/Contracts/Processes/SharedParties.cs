using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Layout;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>The protocol of a barrier between processes, on words of this process, with threads in the place of processes.</summary>
public class SharedParties : IMeetingPoint
{
    private readonly BarrierTerms[] _terms = GC.AllocateArray<BarrierTerms>(1, pinned: true);
    private readonly BarrierPlace[] _places;
    private readonly SegmentUser[] _users;
    private readonly int[] _processes;
    private readonly Action? _action;

    /// <param name="participants">How many parties cross together.</param>
    /// <param name="action">What the last one does.</param>
    /// <param name="users">How many processes may use it at once.</param>
    public SharedParties(int participants, Action? action, int users = 2)
    {
        _action = action;
        _places = GC.AllocateArray<BarrierPlace>(2 * participants, pinned: true);
        _users = GC.AllocateArray<SegmentUser>(users, pinned: true);
        _processes = GC.AllocateArray<int>(users, pinned: true);
        _terms[0].Participants = participants;
    }

    public bool IsBroken => Protocol.IsBroken;

    internal SegmentUsers Users => new(ref _users[0], _users.Length);

    internal virtual SharedBarrier Protocol => new(ref _terms[0], _places, _processes, Users, null);

    /// <summary>The calling thread becomes a process that has the barrier open.</summary>
    public void Open() => Protocol.Open(Users.SignIn("a barrier").Place);

    public int? Meet(TimeSpan timeout)
    {
        SharedBarrier protocol = Protocol;
        PartyState state = protocol.Arrive(decides: _action is null, out int mine, out int index);
        if (state == PartyState.Waits) state = Follow(protocol, mine, Patience.Of(timeout, CancellationToken.None));
        else if (state == PartyState.Leads)
        {
            _action!();
            protocol.Conclude(mine, crossed: true);
            state = PartyState.Crossed;
        }

        return state == PartyState.Crossed ? index : null;
    }

    internal virtual PartyState Follow(SharedBarrier protocol, int mine, Patience patience) => protocol.Follow(mine, patience);
}

public sealed class ProcessBarrierContract : MeetingContract
{
    protected override IMeetingPoint New(Action action) => new SharedParties(2, action);
}
