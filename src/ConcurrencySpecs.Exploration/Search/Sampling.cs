using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>A strategy that draws each execution from a distribution. Execution k of seed s is a function of s and k alone.</summary>
internal abstract class Sampling(ulong seed) : Strategy
{
    private long _index;

    /// <summary>The draws of the current execution.</summary>
    protected SplitMix Random;

    public abstract string Name { get; }

    public sealed override bool WantsNumbers => false;

    public sealed override bool Begin(Execution execution)
    {
        Random = new SplitMix(SplitMix.Mix(seed) ^ SplitMix.Mix((ulong)++_index));
        Prepare(execution);
        return true;
    }

    public override void Undo() => _index--;

    /// <summary>Draws what is decided before the first step.</summary>
    protected virtual void Prepare(Execution execution) { }
}
