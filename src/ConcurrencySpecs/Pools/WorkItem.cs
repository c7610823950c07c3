namespace ConcurrencySpecs.Pools;

/// <summary>A piece of work for a <see cref="WorkerPool"/>, as an object of your own: posting one allocates nothing.</summary>
/// <remarks>
/// <para>Progress — that of its Execute.</para>
/// <para>Ordering — all that was written before it was posted is visible to Execute.</para>
/// <para>Cost — one object; it may be posted again once it runs.</para>
/// <para>Failure — what Execute throws is thrown again by the drain of the pool; in a pool that is terminated, Dropped runs in its place.</para>
/// <para>Source — Blumofe and Leiserson, "Scheduling multithreaded computations by work stealing", JACM 46(5), 1999.</para>
/// </remarks>
public abstract class WorkItem
{
    /// <summary>What to give back of an item that never ran.</summary>
    internal virtual IEnumerable<object?> Lost => [this];

    internal void Run() => Execute();

    internal void Drop() => Dropped();

    /// <summary>Does the work, in a thread of the pool.</summary>
    protected abstract void Execute();

    /// <summary>Called in place of <see cref="Execute"/> when the pool was terminated first. The termination report names the item anyway.</summary>
    protected virtual void Dropped() { }
}

/// <summary>A delegate whose errors belong to the pool.</summary>
internal sealed class PostedAction(Action work) : WorkItem
{
    internal override IEnumerable<object?> Lost => [work];

    protected override void Execute() => work();
}
