using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

// Steps on memory: by far the most frequent ones, so what has to be asked about few of them stands apart.
internal sealed partial class Execution
{
    /// <summary>A step on a memory location, for hooks that know their line.</summary>
    // Safe because the address is only a number here; the collector's moves are noticed after the execution, which is then repeated.
    public unsafe void Memory(ref byte address, StepKind kind, Access access, int site)
    {
        LogicalThread me = Running;
        byte here;
        nint where = (nint)Unsafe.AsPointer(ref address), stack = me.Carrier!.StackLow;
        if ((nuint)(where - stack) < Carrier.StackBytes) return;      // its own stack: nobody else's business
        ref Step pending = ref me.Pending;
        if (pending.On is not null) pending.On = null;
        pending.Demand = where;                                       // for the trace
        pending.Site = site;
        pending.Kind = kind;
        pending.Access = access;
        pending.Blocks = false;
        pending.Timed = false;
        pending.Stutters = false;
        if ((nint)(&here) - stack < Carrier.Reserve) GoesTooDeep((nint)(&here), site);
        ref Location location = ref _locations.AtHome(where);
        if (!_locations.IsOf(location, where)) location = ref Locate(where);
        int resource = location.Resource;
        pending.Resource = resource;
        if (!IsStraight(me, ref location.Visited, PlaceOf(site, kind), resource)) Announce(me);
        else if (_strategy.Choose(this, me.Id, _ready | _admitted, _ready | _admitted) is var chosen && chosen != me.Id) GiveWay(me, chosen);
        else
        {
            Site = site;
            me.Steps++;
            if (access == Access.Write) Write(me);
        }
    }

    /// <summary>Whether the only question that the announced step raises is who goes next; it is then announced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStraight(LogicalThread me, ref long visited, int place, int resource)
    {
        if (_aborting || _touched || _watched || _stuttering != 0 || me.GoesRound || me.Steps >= me.LastStep || Steps >= MaxSteps) return false;
        if (me.Wrote) Begin(me);
        else if (!me.Stutter.IsFirst(ref visited, place, resource)) return false;
        Steps++;
        _turns = 0;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GiveWay(LogicalThread me, int chosen)
    {
        Pass(me, Follow(me, chosen, _ready | _admitted));
        Go(me);
    }
}
