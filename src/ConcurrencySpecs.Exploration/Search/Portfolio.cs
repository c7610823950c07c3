using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>The strategies by turns: no single one is good at every kind of fault.</summary>
internal sealed class Portfolio : Strategy
{
    private readonly Sampling[] _members;
    private long _index = -1;

    public Portfolio(ulong seed)
    {
        var seeds = new SplitMix(seed);
        _members =
        [
            new Pct(seeds.Next(), 2), new RandomWalk(seeds.Next()), new Pos(seeds.Next()), new Surw(seeds.Next()),
            new Pct(seeds.Next(), 3), new Pos(seeds.Next()), new Pct(seeds.Next(), 5), new Surw(seeds.Next()),
        ];
    }

    /// <summary>Whose turn it is.</summary>
    public Sampling Member => _members[_index % _members.Length];

    public override bool WantsNumbers => false;

    public override bool Begin(Execution execution)
    {
        _index++;
        return Member.Begin(execution);
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled) =>
        Member.Choose(execution, current, candidates, enabled);

    public override void Ended(Execution execution) => Member.Ended(execution);

    public override void Undo()
    {
        Member.Undo();
        _index--;
    }
}
