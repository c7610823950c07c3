using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Selectively uniform random walk: the steps on one resource are interleaved uniformly, the others follow at random.</summary>
/// <remarks>
/// How many interesting steps a thread takes is learnt from earlier executions. The resource changes with every execution.
/// Source — Zhao, Wolff, Mathur, Roychoudhury, "Selectively Uniform Concurrency Testing", ASPLOS 2025.
/// </remarks>
internal sealed class Surw(ulong seed) : Sampling(seed)
{
    private const int MostResources = 64;

    // steps per thread and resource in the last execution, and what is left of the interesting ones in this
    private readonly int[] _counts = new int[Execution.MaxThreads * MostResources];
    private readonly int[] _seen = new int[Execution.MaxThreads * MostResources];
    private readonly int[] _left = new int[Execution.MaxThreads];
    private int _interesting, _resources = 1, _intended;

    public override string Name => "SURW";

    protected override void Prepare(Execution execution)
    {
        Array.Clear(_seen);
        _interesting = Random.Below(_resources);
        for (int id = 0; id < _left.Length; id++) _left[id] = _counts[id * MostResources + _interesting];
        _intended = -1;
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        if (_intended < 0 || (execution.Live >> _intended & 1) == 0 || execution.Thread(_intended).Finished) Intend(execution);
        ulong open = 0;
        for (ulong left = candidates; left != 0; left &= left - 1)
        {
            int id = BitOperations.TrailingZeroCount(left);
            if (id == _intended || execution.Pending(id).Resource != _interesting || _interesting == 0) open |= 1ul << id;
        }
        int chosen = Random.OneOf(open != 0 ? open : candidates);
        int resource = execution.Pending(chosen).Resource;
        if (resource < MostResources) _seen[chosen * MostResources + resource]++;
        if (resource != _interesting) return chosen;
        if (_left[chosen] > 0) _left[chosen]--;
        Intend(execution);
        return chosen;
    }

    public override void Ended(Execution execution)
    {
        _resources = Math.Clamp(execution.Resources, 1, MostResources);
        _seen.CopyTo(_counts, 0);
    }

    /// <summary>Whose interesting step comes next: each thread in proportion to those it has left.</summary>
    private void Intend(Execution execution)
    {
        int total = 0;
        for (ulong left = execution.Live; left != 0; left &= left - 1) total += _left[BitOperations.TrailingZeroCount(left)];
        _intended = -1;
        if (total == 0) return;
        int draw = Random.Below(total);
        for (ulong left = execution.Live; left != 0; left &= left - 1)
        {
            _intended = BitOperations.TrailingZeroCount(left);
            if ((draw -= _left[_intended]) < 0) return;
        }
    }
}
