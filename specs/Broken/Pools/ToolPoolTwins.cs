using ConcurrencySpecs.Contracts.Pools;

namespace ConcurrencySpecs.Broken.Pools;

/// <summary>A pool with one shared slot, correct as it stands; each twin overrides one step.</summary>
internal class ToolPoolTwin : IToolPool
{
    protected Tool? Idle;

    public virtual Tool Rent() => TakeIdle() ?? new Tool();

    public virtual void Return(Tool tool) => Interlocked.CompareExchange(ref Idle, tool, null);

    protected virtual Tool? TakeIdle() => Interlocked.Exchange(ref Idle, null);
}

[Broken("rents out an object and forgets to empty its slot", "Sequential")]
public sealed class PoolLeavesItInTheSlot : RentingContract
{
    protected override IToolPool NewPool() => new Twin();

    private sealed class Twin : ToolPoolTwin
    {
        protected override Tool? TakeIdle() => Volatile.Read(ref Idle);
    }
}

[Broken("empties the slot in a second step, so that two rent the same object", "Interleavings")]
public sealed class PoolTakesInTwoSteps : RentingContract
{
    protected override IToolPool NewPool() => new Twin();

    private sealed class Twin : ToolPoolTwin
    {
        protected override Tool? TakeIdle()
        {
            Tool? idle = Volatile.Read(ref Idle);
            if (idle is not null) Volatile.Write(ref Idle, null);
            return idle;
        }
    }
}

[Broken("takes an object that is returned twice, and rents it to two", "Sequential")]
public sealed class PoolTakesDoubleReturns : CheckedContract
{
    protected override IToolPool NewPool() => new ToolPoolTwin();
}

[Broken("asks whether an object was returned before, and notes the return later: of two who return it, neither is told", "Interleavings")]
public sealed class PoolChecksThenNotes : ConcurrencySpecs.Testing.ConcurrentSpec<PoolChecksThenNotes.OneTool, bool>
{
    protected override OneTool NewSubject() => new();

    protected override bool InitialState => true;

    protected override IEnumerable<ConcurrencySpecs.Testing.Operation<OneTool, bool>> Operations =>
        [Operation("Return", tool => tool.Return(), rented => (false, rented))];

    /// <summary>A checked pool whose only object is out.</summary>
    public sealed class OneTool
    {
        private bool _rented = true;

        /// <summary>Whether the object was taken back.</summary>
        public bool Return()
        {
            if (!Volatile.Read(ref _rented)) return false;
            Volatile.Write(ref _rented, false);
            return true;
        }
    }
}
