namespace ConcurrencySpecs.Locks;

/// <summary>Which locks were entered while which others were held: a graph in which a circle is a deadlock to come.</summary>
internal sealed class LockOrder
{
    // Under the gate:
    // I1  _after[a] holds b with a stack when some thread has waited for b while it held a
    // I2  every circle that the graph has was reported when its last edge came
    private readonly Lock _gate = new();
    private readonly Dictionary<WatchedResource, Dictionary<WatchedResource, string>> _after = [];

    /// <summary>Adds that <paramref name="next"/> is waited for while <paramref name="held"/> is held; an inversion when that closes a circle.</summary>
    public LockInversion? Add(WatchedResource held, WatchedResource next, Func<string> here)
    {
        lock (_gate)
        {
            if (!_after.TryGetValue(held, out Dictionary<WatchedResource, string>? after)) _after[held] = after = [];
            if (after.ContainsKey(next)) return null;
            string stack = here();
            after[next] = stack;
            var path = new List<WatchedResource> { next };
            if (!Leads(path, held, [next])) return null;
            return new([held.Name, .. path.Select(gate => gate.Name)], stack, path.Count == 1 ? stack : _after[path[0]][path[1]]);
        }
    }

    /// <summary>Extends a path to <paramref name="goal"/>, depth first.</summary>
    private bool Leads(List<WatchedResource> path, WatchedResource goal, HashSet<WatchedResource> seen)
    {
        if (path[^1] == goal) return true;
        if (!_after.TryGetValue(path[^1], out Dictionary<WatchedResource, string>? after)) return false;
        foreach (WatchedResource next in after.Keys)
        {
            if (!seen.Add(next)) continue;
            path.Add(next);
            if (Leads(path, goal, seen)) return true;
            path.RemoveAt(path.Count - 1);
        }

        return false;
    }
}
