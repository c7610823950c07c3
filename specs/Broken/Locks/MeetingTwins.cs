using ConcurrencySpecs.Contracts.Locks;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>A barrier for two as a monitor, correct as it stands; each twin overrides one decision.</summary>
internal class MeetingTwin(Action action) : IMeetingPoint
{
    private readonly object _gate = new();
    private int _arrived;
    private int _crossings;
    private bool _broken;

    public int? Meet(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_broken) return null;
            int crossing = _crossings;
            int place = Place(_arrived++);
            if (_arrived == 2)
            {
                Cross();
                return place;
            }

            while (!HasCrossed(crossing) && !_broken)
                if (!Monitor.Wait(_gate, timeout) && !HasCrossed(crossing)) GiveUp();
            return HasCrossed(crossing) ? place : null;
        }
    }

    protected virtual int Place(int arrived) => arrived;

    protected virtual bool HasCrossed(int crossing) => _crossings != crossing;

    /// <summary>Whether nobody waits any more: what a barrier goes by that forgets which crossing it is.</summary>
    protected bool IsEmpty => _arrived == 0;

    protected virtual void Cross()
    {
        action();
        Open();
    }

    protected void Open()
    {
        _arrived = 0;
        _crossings++;
        Monitor.PulseAll(_gate);
    }

    protected void ActAfterOpening()
    {
        Open();
        Monitor.Exit(_gate);
        Monitor.Enter(_gate);
        action();
    }

    protected virtual void GiveUp()
    {
        _broken = true;
        Monitor.PulseAll(_gate);
    }

}

[Broken("asks whether nobody is waiting, not whether its crossing is over: one who is back too early keeps the other in", "Interleavings")]
public sealed class BarrierIsUsedAgainTooEarly : MeetingContract
{
    protected override IMeetingPoint New(Action action) => new Twin(action);

    private sealed class Twin(Action action) : MeetingTwin(action)
    {
        protected override bool HasCrossed(int crossing) => IsEmpty;
    }
}

[Broken("lets everybody go and then runs the action", "Interleavings")]
public sealed class BarrierActsTooLate : MeetingContract
{
    protected override IMeetingPoint New(Action action) => new Twin(action);

    private sealed class Twin(Action action) : MeetingTwin(action)
    {
        protected override void Cross() => ActAfterOpening();
    }
}

[Broken("gives the first place to both", "Sequential", "Interleavings")]
public sealed class BarrierGivesAPlaceTwice : MeetingContract
{
    protected override IMeetingPoint New(Action action) => new Twin(action);

    private sealed class Twin(Action action) : MeetingTwin(action)
    {
        protected override int Place(int arrived) => 0;
    }
}
