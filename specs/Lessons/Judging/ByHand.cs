using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Lessons.Judging;

/// <summary>One execution whose steps a person chooses, a letter for each: A is the first thread that the body starts.</summary>
/// <remarks>The body itself, and the beginning and end of threads, take no letter: they go as soon as they can.</remarks>
internal sealed class ByHand(string letters) : Strategy
{
    private bool _begun;

    /// <summary>How many letters were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>The letter that no step fits: its thread waits, has ended, or does not exist.</summary>
    public char? Impossible { get; private set; }

    /// <summary>The letters ended before the threads did.</summary>
    public bool Unfinished { get; private set; }

    public override bool Begin(Execution execution)
    {
        if (_begun) return false;
        (_begun, Taken, Impossible, Unfinished) = (true, 0, null, false);
        return true;
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        for (ulong left = enabled; left != 0; left &= left - 1)
        {
            int thread = BitOperations.TrailingZeroCount(left);
            if (!Evidence.IsSeen(thread, execution.Pending(thread).Kind)) return thread;
        }
        if (Taken == letters.Length || letters[Taken] == '?')
        {
            Unfinished = true;
            return Abandon;
        }
        int wanted = char.ToUpperInvariant(letters[Taken]) - 'A' + 1;
        if (wanted is < 1 or >= Execution.MaxThreads || (enabled >> wanted & 1) == 0)
        {
            Impossible = letters[Taken];
            return Abandon;
        }
        Taken++;
        return wanted;
    }

    public override void Undo() => _begun = false;
}
