using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Every step goes to any enabled thread, all equally likely.</summary>
internal sealed class RandomWalk(ulong seed) : Sampling(seed)
{
    public override string Name => "random walk";

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled) =>
        (candidates & (candidates - 1)) == 0 ? System.Numerics.BitOperations.TrailingZeroCount(candidates) : Random.OneOf(candidates);
}
