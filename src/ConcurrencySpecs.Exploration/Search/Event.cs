using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>A step that was taken, with the node of the search tree from which it was taken.</summary>
internal struct Event
{
    public Step Step;

    /// <summary>The state of the step's object before it.</summary>
    public SyncState Before;

    /// <summary>Threads whose next steps need no exploring here: their branches are done, here or further up.</summary>
    public ulong Sleep;

    /// <summary>Those of <see cref="Sleep"/> whose branches may still be under way elsewhere.</summary>
    public ulong UnderWay;

    /// <summary>The branches still to explore here; the one being explored is not among them.</summary>
    public WakeupNode? Branches;

    /// <summary>The node, when other explorers may take branches of it: it then holds what counts of <see cref="Sleep"/> and <see cref="Branches"/>.</summary>
    public SharedNode? Shared;

    public int Thread;

    /// <summary>A name for the resource that holds in every execution, or 0.</summary>
    public long Name;

    /// <summary>The resources that had a number here: lower numbers mean the same in every execution through this node.</summary>
    public int Known;

    /// <summary>For the first event of a thread: its parent, and how many events that had taken when it spawned the thread.</summary>
    public int Parent, SpawnedAt;

    /// <summary>The event that precedes this one in the program: of the thread itself, or of its parent; −1 when there is none.</summary>
    public int Cause;

    /// <summary>The event before this one on the same resource, or −1.</summary>
    public int OnResource;
}
