using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>A branch of a wake-up tree: a step that the search has yet to take, what follows it, and its alternatives.</summary>
internal sealed class WakeupNode(int thread, int resource, long name, int known, Access access)
{
    public readonly int Thread = thread;
    public readonly int Resource = resource;
    public readonly long Name = name;
    /// <summary>The resources numbered where the branch was added: lower numbers are the same in every execution that meets it.</summary>
    public readonly int Known = known;
    public readonly Access Access = access;
    public WakeupNode? First;
    public WakeupNode? Next;
}
