using ConcurrencySpecs.Pools;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Contracts.Pools;

/// <summary>A thing that notices when two use it at once.</summary>
public sealed class Tool
{
    private int _users;

    /// <summary>Whether nobody else has it.</summary>
    public bool Take() => Interlocked.Increment(ref _users) == 1;

    /// <summary>Whether nobody else had it meanwhile.</summary>
    public bool PutDown() => Interlocked.Decrement(ref _users) == 0;
}

/// <summary>A pool of tools: what <see cref="RentingContract"/> asks of a subject.</summary>
public interface IToolPool
{
    Tool Rent();

    void Return(Tool tool);
}

/// <summary>A pool, and a bench where one thread leaves a rented tool for another to return.</summary>
public sealed class Workshop(IToolPool pool)
{
    private Tool? _bench;

    public IToolPool Pool => pool;

    public Tool? Swap(Tool tool) => Interlocked.Exchange(ref _bench, tool);
}

/// <summary>What every pool owes: what one has rented nobody else has, whichever thread returns it.</summary>
public abstract class RentingContract : ConcurrentSpec<Workshop, int>
{
    /// <summary>Small, so that programs of a few calls find it full.</summary>
    protected const int Capacity = 1;

    protected override int InitialState => 0;

    protected override IEnumerable<Operation<Workshop, int>> Operations =>
    [
        Operation("use one", shop => UseOne(shop.Pool), state => (state, true)),
        Operation("use two", shop => UseTwo(shop.Pool), state => (state, true)),
        Operation("leave one on the bench", shop => LeaveOne(shop), state => (state, true)),
    ];

    protected abstract IToolPool NewPool();

    protected override Workshop NewSubject() => new(NewPool());

    private static bool UseOne(IToolPool pool)
    {
        Tool tool = pool.Rent();
        bool mine = tool.Take();
        mine &= tool.PutDown();
        pool.Return(tool);
        return mine;
    }

    private static bool UseTwo(IToolPool pool)
    {
        Tool one = pool.Rent(), other = pool.Rent();
        bool mine = one.Take();
        mine &= other.Take();
        mine &= one.PutDown();
        mine &= other.PutDown();
        pool.Return(one);
        pool.Return(other);
        return mine;
    }

    private static bool LeaveOne(Workshop shop)
    {
        Tool tool = shop.Pool.Rent();
        bool mine = tool.Take();
        if (shop.Swap(tool) is not { } left) return mine;
        mine &= left.PutDown();
        shop.Pool.Return(left);
        return mine;
    }
}

public sealed class ObjectPoolContract : RentingContract
{
    protected override IToolPool NewPool() => new ToolPool(new ObjectPoolOptions<Tool> { Capacity = Capacity });
}

/// <summary>What a checked pool owes besides: of two who return the same object, one is told.</summary>
public abstract class CheckedContract : RentingContract
{
    protected override int Threads => 2;

    protected override IEnumerable<Operation<Workshop, int>> Operations =>
        [.. base.Operations, Operation("return twice", shop => ReturnTwice(shop.Pool), state => (state, "refused"))];

    private static string ReturnTwice(IToolPool pool)
    {
        Tool tool = pool.Rent();
        pool.Return(tool);
        try
        {
            pool.Return(tool);
            return "taken";
        }
        catch (InvalidOperationException)
        {
            return "refused";
        }
    }
}

public sealed class ObjectPoolCheckedContract : CheckedContract
{
    public override string Name => "ObjectPool (checked)";

    protected override IToolPool NewPool() => new ToolPool(new ObjectPoolOptions<Tool> { Checked = true });
}

/// <summary>The pool itself.</summary>
public sealed class ToolPool(ObjectPoolOptions<Tool> options) : IToolPool
{
    private readonly ObjectPool<Tool> _pool = new(() => new Tool(), options);

    public Tool Rent() => _pool.Rent();

    public void Return(Tool tool) => _pool.Return(tool);
}
