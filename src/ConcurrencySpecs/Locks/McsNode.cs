namespace ConcurrencySpecs.Locks;

/// <summary>A place in the line of a <see cref="McsLock"/>; a thread keeps the places it does not use for its next waits.</summary>
internal sealed class McsNode(int thread)
{
    public const int Waiting = 0;
    public const int Asleep = 1;
    public const int Granted = 2;
    public const int Gone = 3;

    // I1  a node that somebody can reach from a tail is not among the spare ones
    [ThreadStatic] private static McsNode? _spare;

    /// <summary>The only thread that waits in this place, by its managed number.</summary>
    public readonly int Thread = thread;

    /// <summary>Who stands behind; written once, by that thread.</summary>
    public McsNode? Next;

    /// <summary>Waiting → Asleep and back by the waiter, → Gone by the waiter, → Granted by the one before it; a futex word.</summary>
    public int State;

    public static McsNode Rent()
    {
        if (_spare is not { } node) return new McsNode(Environment.CurrentManagedThreadId);
        _spare = node.Next;
        node.Next = null;
        return node;
    }

    /// <summary>By the thread that rented it, when nobody can reach it any more. A place that was left while others stood behind is not returned.</summary>
    public void Return()
    {
        State = Waiting;
        Next = _spare;
        _spare = this;
    }
}
