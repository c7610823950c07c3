using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

// The calls by which twins and hooks announce their steps.
internal sealed partial class Execution
{
    /// <summary>A step on an object that never waits. On return the caller carries it out.</summary>
    public void Step(SyncObject on, StepKind kind, Access access = Access.Write)
    {
        LogicalThread me = Running;
        me.Pending = new Step { On = on, Kind = kind, Access = access, Resource = ResourceOf(on), Site = Site };
        Announce(me);
    }

    /// <summary>A step on a memory location: Volatile, Interlocked and plain accesses. On return the caller carries it out.</summary>
    public void Step(ref byte address, StepKind kind, Access access) => Memory(ref address, kind, access, Site);

    /// <summary>A step that touches nothing shared: a yield, a fence. Others may go first; nothing else happens.</summary>
    public void Step(StepKind kind)
    {
        LogicalThread me = Running;
        me.Pending = new Step { Kind = kind, Site = Site };
        Announce(me);
    }

    /// <summary>Waits until <paramref name="on"/> admits <paramref name="demand"/>. On return it does, and the caller carries the step out.</summary>
    public void Block(SyncObject on, StepKind kind, long demand = 0, Access access = Access.Write)
    {
        LogicalThread me = Running;
        me.Pending = new Step { On = on, Kind = kind, Access = access, Resource = ResourceOf(on), Site = Site, Demand = demand, Blocks = true };
        _ready &= ~me.Bit;
        _blocking |= me.Bit;
        if (on.Admits(on.State, me.Id, demand)) _admitted |= me.Bit;
        Announce(me);
        _ready |= me.Bit;
        _blocking &= ~me.Bit;
        _admitted &= ~me.Bit;
    }

    /// <summary>Waits with a time-out. True: admitted, and the caller carries the step out. False: the time is over and nothing changes.</summary>
    /// <param name="on">What to wait for.</param>
    /// <param name="kind">The word for the step.</param>
    /// <param name="milliseconds">0 asks without waiting, −1 waits for ever.</param>
    /// <param name="demand">What to ask of <paramref name="on"/>.</param>
    /// <param name="access">Whether success changes <paramref name="on"/>.</param>
    public bool BlockFor(SyncObject on, StepKind kind, long milliseconds, long demand = 0, Access access = Access.Write)
    {
        if (milliseconds < 0)
        {
            Block(on, kind, demand, access);
            return true;
        }
        LogicalThread me = Running;
        me.Pending = new Step { On = on, Kind = kind, Access = access, Resource = ResourceOf(on), Site = Site, Demand = demand, Timed = true };
        Announce(me);
        if (on.Admits(on.State, me.Id, demand)) return true;
        me.Clock += milliseconds;
        Recorder?.Value(me, "timed out");
        Unchanged();
        return false;
    }

    /// <summary>Lets virtual time pass for this thread; others may go first.</summary>
    public void Sleep(long milliseconds)
    {
        LogicalThread me = Running;
        me.Pending = new Step { Kind = StepKind.Sleep, Site = Site, Demand = milliseconds };
        if (milliseconds < 0)
        {
            _ready &= ~me.Bit;                 // for ever: nothing admits it
            me.Pending.Blocks = true;
        }
        Announce(me);
        me.Clock += milliseconds;
    }

    /// <summary>Waits for the end of a thread.</summary>
    public void Join(LogicalThread thread) => Block(thread, StepKind.Join, 0, Access.Read);

    /// <summary>Waits for the end of a thread, at most so long; true when it has ended.</summary>
    public bool JoinFor(LogicalThread thread, long milliseconds) => BlockFor(thread, StepKind.Join, milliseconds, 0, Access.Read);

    /// <summary>Says that the write step just taken changed nothing, such as a failed exchange: threads that wait for a change need not look.</summary>
    public void Unchanged()
    {
        LogicalThread me = Running;
        if (me.Wrote)
        {
            _versions[me.Pending.Resource]--;
            _changes--;
        }
        me.Wrote = false;
        Recorder?.Unchanged(me);
    }

    /// <summary>Tells the trace what the step just taken read, wrote or returned. Costs nothing unless somebody records.</summary>
    public void Value<T>(T value) => Recorder?.Value(Running, Explanation.ValueText.Of(value));

    /// <summary>Hooks and twins do nothing on the calling thread until the result is disposed.</summary>
    public static Pause Outside()
    {
        Execution? current = _current;
        _current = null;
        return new Pause(current);
    }

    /// <summary>Brings the execution back on <see cref="Dispose"/>.</summary>
    public readonly ref struct Pause(Execution? execution)
    {
        public void Dispose() => _current = execution;
    }

    internal void Enter()
    {
        _current = this;
        Backend.Settle();
    }
}
