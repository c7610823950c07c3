using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>What a mutex is to those who wait: one unit, which its owner has and may take again.</summary>
internal sealed class MutexState() : HandleState("Mutex", 1, 1, consumed: true)
{
    // I3  _owner is the thread that has the unit, −1 while it lies there; _depth is 0 exactly then
    private int _owner = -1;
    private int _depth;
    private bool _abandoned;

    internal override SyncState State => new(base.State.Value, base.State.Threads | (_owner >= 0 ? 1ul << _owner : 0));
    internal override ulong Holders(in SyncState state) => _owner >= 0 ? 1ul << _owner : 0;

    public override bool Signalled => base.Signalled || _owner == Steps.Me;

    public override bool TryTake()
    {
        if (_owner != Steps.Me)
        {
            if (!base.TryTake()) return false;
            _owner = Steps.Me;
            ThreadState.Mine.Mutexes.Add(this);
        }
        _depth++;
        return true;
    }

    /// <summary>Leaves once; false, and no change, when the calling thread does not own it.</summary>
    public bool TryExit()
    {
        if (_owner != Steps.Me) return false;
        if (_depth > 1) _depth--;
        else Leave();
        return true;
    }

    /// <summary>The owner ends without having released it.</summary>
    public void Abandon() => Leave(abandons: true);

    /// <summary>Whether the calling thread took it from one that had ended; true once.</summary>
    public bool TellAbandoned()
    {
        bool told = _abandoned && _owner == Steps.Me;
        _abandoned &= !told;
        return told;
    }

    private void Leave(bool abandons = false)
    {
        Steps.Change(this, StepKind.Release);
        ThreadState.Mine.Mutexes.Remove(this);
        (_owner, _depth, _abandoned) = (-1, 0, abandons);
        Grow(1);
    }
}
