using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Every interleaving, one after the other: what the reduced search is compared with.</summary>
/// <remarks>Only steps that touch nothing shared are not branched on: they commute with all others.</remarks>
internal sealed class Naive : Strategy
{
    private readonly List<(int Chosen, ulong Left)> _path = [];
    private int _depth;
    private int _forced;
    private bool _begun, _again;

    public override bool Exhausts => true;

    public override bool Begin(Execution execution)
    {
        _depth = 0;
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
                _path[^1] = (BitOperations.TrailingZeroCount(left), left & (left - 1));
                _forced = _path.Count;
                return true;
            }
            _path.RemoveAt(_path.Count - 1);
        }
        return false;
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        if (_depth < _path.Count) return _path[_depth++].Chosen;
        _depth++;
        int chosen = Stay(current, candidates);
        ulong left = candidates & ~(1ul << chosen);
        for (ulong others = candidates; others != 0; others &= others - 1)
        {
            int id = BitOperations.TrailingZeroCount(others);
            if (execution.Pending(id).Access != Access.None) continue;
            (chosen, left) = (id, 0);
            break;
        }
        _path.Add((chosen, left));
        return chosen;
    }

    public override void Undo()
    {
        _path.RemoveRange(_forced, _path.Count - _forced);
        _again = true;
    }
}
