namespace ConcurrencySpecs.Locks;

/// <summary>What one thread holds and awaits. Threads that end leave their number to others, who then go on with the record.</summary>
internal sealed class WatchedThread(int number)
{
    // I1  changed by its thread and read by whoever dumps, under its gate
    // I2  _held lists the locks in the order in which they were entered, one hold for each level
    private readonly Lock _gate = new();
    private readonly List<WatchedHold> _held = [];
    private WatchedHold? _awaited;
    private WatchedFlow? _flow;             // in which it waits
    private string? _name = Thread.CurrentThread.Name;

    public int Number => number;

    public WatchedHold[] HeldNow()
    {
        lock (_gate) return [.. _held];
    }

    public void Push(WatchedHold hold)
    {
        lock (_gate)
        {
            _held.Add(hold);
            _name = Thread.CurrentThread.Name;
        }
    }

    public void Pop(WatchedResource resource)
    {
        lock (_gate)
        {
            int last = _held.FindLastIndex(hold => hold.Resource == resource);
            _held[last].End();
            _held.RemoveAt(last);
        }
    }

    public void Await(WatchedHold? wait, WatchedFlow? flow)
    {
        lock (_gate)
        {
            (_awaited, _flow) = (wait, flow);
            _name = Thread.CurrentThread.Name;
        }
    }

    /// <summary>The thread as it stands, with what the flow holds in which it waits.</summary>
    public Standing Look()
    {
        lock (_gate)
        {
            IEnumerable<WatchedHold> around = _flow is null ? [] : _flow.HeldNow();
            return new($"thread {number}", _name, [.. _held, .. around], _awaited);
        }
    }
}
