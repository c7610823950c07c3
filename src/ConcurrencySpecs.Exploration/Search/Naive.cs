using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Every interleaving, one after the other: what the reduced search is compared with.</summary>
/// <remarks>
/// Only steps that touch nothing shared are not branched on: they commute with all others.
/// With a bound on preemptions, switches away from a thread that could go on are limited, and a search that left any out has not exhausted.
/// </remarks>
internal sealed class Naive(int preemptions = int.MaxValue) : Strategy
{
    private readonly List<(int Chosen, ulong Left, int Current)> _path = [];
    private int _depth, _preempted;
    private int _forced;
    private bool _begun, _again;

    private bool _bounded;

    public override bool Exhausts => !_bounded;

    public override bool Begin(Execution execution)
    {
        (_depth, _preempted) = (0, 0);
        if (_again || !_begun)
        {
            _again = false;
            _begun = true;
            return true;
        }
        while (_path.Count > 0)
        {
            ulong left = _path[^1].Left;
            if (left != 0)
            {
                _path[^1] = (BitOperations.TrailingZeroCount(left), left & (left - 1), _path[^1].Current);
                _forced = _path.Count;
                return true;
            }
            _path.RemoveAt(_path.Count - 1);
        }
        return false;
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        if (_depth == _path.Count) Extend(execution, current, candidates);
        (int chosen, _, int preemptable) = _path[_depth++];
        if (chosen != preemptable && preemptable >= 0) _preempted++;
        return chosen;
    }

    private void Extend(Execution execution, int current, ulong candidates)
    {
        int chosen = Stay(current, candidates);
        ulong left = candidates & ~(1ul << chosen);
        for (ulong others = candidates; others != 0; others &= others - 1)
        {
            int id = BitOperations.TrailingZeroCount(others);
            if (execution.Pending(id).Access != Access.None) continue;
            _path.Add((id, 0, -1));
            return;
        }
        if (chosen == current && left != 0 && _preempted >= preemptions) (left, _bounded) = (0, true);
        _path.Add((chosen, left, chosen == current ? current : -1));
    }

    public override void Undo()
    {
        _path.RemoveRange(_forced, _path.Count - _forced);
        _again = true;
    }
}
