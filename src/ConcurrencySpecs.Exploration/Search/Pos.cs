using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Partial-order sampling: random priorities for steps, drawn again for those that conflict with the step just taken.</summary>
/// <remarks>Source — Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling", CAV 2018.</remarks>
internal sealed class Pos(ulong seed) : Sampling(seed)
{
    private readonly ulong[] _priorities = new ulong[Execution.MaxThreads];
    private ulong _drawn;

    public override string Name => "POS";

    protected override void Prepare(Execution execution) => _drawn = 0;

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        int best = -1;
        for (ulong left = candidates; left != 0; left &= left - 1)
        {
            int id = BitOperations.TrailingZeroCount(left);
            if ((_drawn >> id & 1) == 0) _priorities[id] = Random.Next();
            _drawn |= 1ul << id;
            if (best < 0 || _priorities[id] > _priorities[best]) best = id;
        }
        ref Step taken = ref execution.Pending(best);
        ulong again = 1ul << best;
        for (ulong left = _drawn & execution.Live & ~again; left != 0; left &= left - 1)
        {
            int id = BitOperations.TrailingZeroCount(left);
            if (Step.Depend(execution.Pending(id), taken)) again |= 1ul << id;
        }
        _drawn &= ~again;
        return best;
    }
}
