namespace ConcurrencySpecs.Exploration.Search;

/// <summary>The upper part of a search tree on which several explorers work, each with a copy of the program of its own.</summary>
/// <remarks>
/// <para>Promise — every branch is taken by exactly one explorer, and there are as many complete executions as with one: a branch sleeps on all that
/// were taken before it, done or not. A reversal found below puts its branch into the node where it belongs, shared or not.</para>
/// <para>Optimality — is given up for soundness. One explorer alone would put what it finds out into neighbouring branches that have yet to begin; here
/// they may be under way. So a branch under way does not count as covering what merely commutes with it, and some executions begin that turn out to
/// repeat others: they are given up and counted as redundant, up to about half as many as complete ones where threads depend on many others.</para>
/// <para>Order — which execution is the first to fail depends on who is faster; see <see cref="Team"/> for what is reported.</para>
/// <para>Cost — nothing until somebody waits for work; then the one who has some shares its path down to its topmost open branch.</para>
/// </remarks>
internal sealed class SharedTree(int alone, Action recruit)
{
    /// <summary>Guards all shared nodes.</summary>
    public readonly object Mutex = new();

    // I1  _busy explorers have work; while it is not 0 there may be more for those who wait
    private readonly List<SharedNode> _nodes = [];
    private int _busy = 1, _waiting, _begun;
    private bool _closed;

    /// <summary>Somebody waits for work.</summary>
    public bool Hungry => Volatile.Read(ref _waiting) > 0;

    /// <summary>Nothing is left and nobody works: everything is covered.</summary>
    public bool Complete { get; private set; }

    /// <summary>The first explorer begins one more execution; after so many it gets help.</summary>
    public void Begun()
    {
        if (_begun <= alone && ++_begun > alone) recruit();
    }

    /// <summary>Gives up what one was working on, if anything, and waits for a branch; null when the search is over.</summary>
    public (SharedNode Node, WakeupNode Branch, ulong Sleep)? Take(bool worked)
    {
        lock (Mutex)
        {
            if (worked) _busy--;
            while (true)
            {
                if (_closed) return null;
                foreach (SharedNode node in _nodes)
                {
                    if (node.Branches is not { } branch) continue;
                    ulong sleep = node.Sleep;
                    node.Branches = branch.Next;
                    node.Sleep |= 1ul << branch.Thread;
                    _busy++;
                    return (node, branch, sleep);
                }
                if (_busy == 0)
                {
                    Complete = true;
                    Shut();
                    return null;
                }
                _nodes.Clear();                // the open ones come back when a branch is put into them
                _waiting++;
                Monitor.Wait(Mutex);
                _waiting--;
            }
        }
    }

    /// <summary>A branch has been put into the node. Call with <see cref="Mutex"/> held.</summary>
    public void Opened(SharedNode node)
    {
        if (!_nodes.Contains(node)) _nodes.Add(node);
        Monitor.PulseAll(Mutex);
    }

    /// <summary>Ends the search: nobody gets more work.</summary>
    public void Close()
    {
        lock (Mutex) Shut();
    }

    private void Shut()
    {
        _closed = true;
        Monitor.PulseAll(Mutex);
    }
}
