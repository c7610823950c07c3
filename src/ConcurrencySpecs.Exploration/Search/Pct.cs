using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Random priorities for threads, lowered at a few random points: finds a fault of depth d with probability at least 1 / (n · kᵈ⁻¹).</summary>
/// <remarks>Source — Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.</remarks>
internal sealed class Pct(ulong seed, int depth) : Sampling(seed)
{
    private readonly int[] _changes = new int[Math.Max(0, depth - 1)];
    private readonly ulong[] _priorities = new ulong[Execution.MaxThreads];
    private ulong _drawn;
    private int _step;
    private int _longest = 16;

    public override string Name => $"PCT {depth}";

    protected override void Prepare(Execution execution)
    {
        (_step, _drawn) = (0, 0);
        for (int i = 0; i < _changes.Length; i++) _changes[i] = 1 + Random.Below(_longest);
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        _step++;
        for (int i = 0; i < _changes.Length; i++)
            if (_changes[i] == _step) (_priorities[current], _drawn) = ((ulong)i, _drawn | 1ul << current);
        int best = -1;
        for (ulong left = candidates; left != 0; left &= left - 1)
        {
            int id = BitOperations.TrailingZeroCount(left);
            if (best < 0 || PriorityOf(id) > PriorityOf(best)) best = id;
        }
        return best;
    }

    public override void Ended(Execution execution) => _longest = Math.Max(_longest, _step);

    /// <summary>Drawn when the thread is first seen, above all lowered ones.</summary>
    private ulong PriorityOf(int id)
    {
        if ((_drawn >> id & 1) != 0) return _priorities[id];
        _drawn |= 1ul << id;
        return _priorities[id] = Random.Next() | 1ul << 32;
    }
}
