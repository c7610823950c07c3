namespace ConcurrencySpecs.Exploration.Search;

/// <summary>A node of the search tree whose branches any explorer of the search may take. Guarded by its <see cref="SharedTree"/>.</summary>
internal sealed class SharedNode(Event[] path, int depth, ulong sleep, WakeupNode? branches)
{
    // I1  Sleep contains the threads of all branches that were ever taken: done or under way is the same, for both are covered
    // I2  branches are taken in their order, so that a branch begins nothing that an earlier one covers

    /// <summary>The events that lead here are the first <see cref="Depth"/> of them.</summary>
    public readonly Event[] Path = path;
    public readonly int Depth = depth;
    public ulong Sleep = sleep;
    public WakeupNode? Branches = branches;
}
