using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>A meeting point as the contract sees it: gives the place in the order of arrival, or null when it is broken.</summary>
public interface IMeetingPoint
{
    int? Meet(TimeSpan timeout);
}

/// <summary>Two parties that meet, again and again, and note what they see.</summary>
/// <param name="make">Makes the meeting point from what is to be done once for each crossing.</param>
public sealed class MeetingParties(Func<Action, IMeetingPoint> make)
{
    /// <summary>What is said when nothing was wrong.</summary>
    public const string AllTogether = "all crossed together";

    private readonly int?[,] _places = new int?[2, 2];
    private readonly int[] _came = new int[2];
    private int _actions;

    /// <summary>Both cross so many times.</summary>
    public string Cross(int rounds)
    {
        (_came[0], _came[1], _actions) = (0, 0, 0);
        bool ahead = false, early = false;
        IMeetingPoint point = make(() => _actions++);
        Together(party =>
        {
            for (int round = 0; round < rounds; round++)
            {
                Volatile.Write(ref _came[party], round + 1);
                _places[party, round] = point.Meet(Timeout.InfiniteTimeSpan);
                if (Volatile.Read(ref _came[1 - party]) <= round) ahead = true;
                if (Volatile.Read(ref _actions) <= round) early = true;
            }
        });
        if (ahead) return "one crossed before the other came";
        if (early) return "one left before the action had run";
        if (_actions != rounds) return $"the action ran {_actions} times in {rounds} crossings";
        for (int round = 0; round < rounds; round++)
            if (_places[0, round] + _places[1, round] != 1) return $"the places of a crossing were {_places[0, round]} and {_places[1, round]}";
        return AllTogether;
    }

    /// <summary>One party has little time: both cross, or neither does.</summary>
    public bool CrossOrBreak()
    {
        _actions = 0;
        IMeetingPoint point = make(() => _actions++);
        Together(party => _places[party, 0] = point.Meet(party == 0 ? TimeSpan.FromTicks(1) : Timeout.InfiniteTimeSpan));
        bool crossed = _places[0, 0] is not null;
        return crossed == _places[1, 0] is not null && _actions == (crossed ? 1 : 0);
    }

    private static void Together(Action<int> party)
    {
        var other = new Thread(() => party(1));
        other.Start();
        party(0);
        other.Join();
    }
}

/// <summary>What a barrier owes: all cross or none, each at a place of its own, after an action that ran once.</summary>
/// <remarks>Arriving has an effect before the call returns, so a barrier is no linearizable object: each operation is a whole
/// meeting, called by one director.</remarks>
public abstract class MeetingContract : ConcurrentSpec<MeetingParties, int>
{
    protected override int InitialState => 0;

    protected override int CallsPerThread => 1;

    protected override MeetingParties NewSubject() => new(New);

    protected abstract IMeetingPoint New(Action action);

    protected override IEnumerable<Operation<MeetingParties, int>> Operations =>
    [
        Operation("Cross once", parties => parties.Cross(1), meetings => (meetings + 1, MeetingParties.AllTogether)).By("director"),
        Operation("Cross twice", parties => parties.Cross(2), meetings => (meetings + 1, MeetingParties.AllTogether)).By("director"),
        Operation("Cross or break", parties => parties.CrossOrBreak(), meetings => (meetings + 1, true)).By("director"),
    ];
}

public sealed class CyclicBarrierContract : MeetingContract
{
    protected override IMeetingPoint New(Action action) => new Adapter(action);

    private sealed class Adapter(Action action) : IMeetingPoint
    {
        private readonly CyclicBarrier _barrier = new(2, action);

        public int? Meet(TimeSpan timeout) => _barrier.TryWait(timeout, out int place) == BarrierResult.Crossed ? place : null;
    }
}
