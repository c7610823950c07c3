namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>The numbers of threads: the k-th child of one parent has the same number in every schedule, and with every explorer that shares the table.</summary>
/// <remarks>Cost — two reads for a thread that has a number; a copy of its siblings for a new one.</remarks>
internal sealed class ThreadNumbers
{
    // I1  _children[p] is replaced, never changed: whoever reads it without the lock sees whole arrays
    private readonly int[]?[] _children = new int[]?[Execution.MaxThreads];
    private readonly Lock _mutex = new();
    private int _count = 1;

    /// <summary>The number of a parent's child, counted from 0 in the order in which it starts them; −1 when all numbers are taken.</summary>
    public int Of(int parent, int child)
    {
        int[]? children = Volatile.Read(ref _children[parent]);         // acquire ← [number]: its entries are written
        return children is not null && child < children.Length ? children[child] : Add(parent, child);
    }

    /// <summary>How many are given away.</summary>
    public int Count { get { lock (_mutex) return _count; } }

    /// <summary>The parent of every number; −1 for the body.</summary>
    public int[] Parents()
    {
        lock (_mutex)
        {
            int[] parents = new int[_count];
            parents[0] = -1;
            for (int parent = 0; parent < _count; parent++)
                foreach (int child in _children[parent] ?? []) parents[child] = parent;
            return parents;
        }
    }

    /// <summary>The numbers of another exploration; children of one parent come in their order.</summary>
    public static ThreadNumbers From(IReadOnlyList<int> parents)
    {
        var numbers = new ThreadNumbers { _count = parents.Count };
        for (int child = 1; child < parents.Count; child++)
            numbers._children[parents[child]] = [.. numbers._children[parents[child]] ?? [], child];
        return numbers;
    }

    private int Add(int parent, int child)
    {
        lock (_mutex)
        {
            int[] children = _children[parent] ?? [];
            if (child < children.Length) return children[child];
            if (_count == Execution.MaxThreads) return -1;
            Volatile.Write(ref _children[parent], [.. children, _count]);  // release → [number]
            return _count++;
        }
    }
}
