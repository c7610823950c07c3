using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Locks;

/// <summary>A place in the line of a <see cref="McsLock"/>. A thread keeps the places it has had, and takes one that is spare.</summary>
/// <remarks>A place is taken and given back by its state alone: to write a reference costs as much as an exchange.</remarks>
internal sealed class McsNode
{
    public const int Spare = 0;
    public const int Waiting = 1;
    public const int Asleep = 2;
    public const int Granted = 3;
    public const int Gone = 4;

    // I1  a spare node is reached from no tail, and its Next is null; only its thread takes it
    [ThreadStatic] private static McsNode? _first;

    /// <summary>The only thread that stands in this place, by its managed number.</summary>
    public readonly int Thread = Environment.CurrentManagedThreadId;

    /// <summary>Who stands behind; written by that thread, once for each time that the place is taken.</summary>
    public McsNode? Next;

    /// <summary>Waiting from when its thread takes it; ⇄ Asleep, and → Gone, by the waiter; → Granted by the one before it, who exits;
    /// → Spare by who holds the lock and clears it behind itself. A futex word.</summary>
    public int State;

    private McsNode? _another;

    /// <summary>A place of the calling thread in state <see cref="Waiting"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static McsNode Take()
    {
        McsNode? node = _first;
        if (node is null || Volatile.Read(ref node.State) != Spare) node = TakeAnother();     // acquire ← [spare]
        node.State = Waiting;
        return node;
    }

    /// <summary>By who holds the lock, when nobody can reach the place any more.</summary>
    public void Clear()
    {
        Next = null;
        Volatile.Write(ref State, Spare);       // release → [spare]: the place is clean
    }

    // The first is in use: the thread holds another lock, or has left a place that is still in line.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static McsNode TakeAnother()
    {
        McsNode node = _first ??= new McsNode();
        while (Volatile.Read(ref node.State) != Spare) node = node._another ??= new McsNode();
        return node;
    }
}
