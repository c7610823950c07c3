using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Every step goes to any enabled thread, all equally likely; a thread's start, which touches nothing, goes together with its first step.</summary>
internal sealed class RandomWalk(ulong seed) : Sampling(seed)
{
    public override string Name => "random walk";

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        if ((candidates & (candidates - 1)) == 0) return System.Numerics.BitOperations.TrailingZeroCount(candidates);
        bool starts = current != 0 && execution.Thread(current).Steps == 1 && (candidates >> current & 1) != 0;
        return starts ? current : Random.OneOf(candidates);
    }
}
