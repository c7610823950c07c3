using System.Globalization;
using System.Text;

namespace ConcurrencySpecs.Locks;

/// <summary>Who holds what and waits for whom, at one moment, and who can never go on.</summary>
internal sealed class WaitForGraph(Standing[] all)
{
    /// <summary>Everybody with locks and stacks, and the circles of those who wait for each other.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (Standing one in all)
        {
            text.Append(CultureInfo.InvariantCulture, $"{one.Who}{(one.Name is null ? "" : $" ({one.Name})")}\n");
            foreach (WatchedHold held in one.Held) text.Append("  holds ").Append(held.Resource.Name).Append('\n').Append(Indented(held.Stack));
            if (one.Awaited is not { } awaited) continue;
            text.Append("  waits for ").Append(awaited.Resource.Name).Append(", held by ").Append(HoldersOf(awaited.Resource)).Append('\n');
            text.Append(Indented(awaited.Stack));
        }

        foreach (string circle in Circles()) text.Append("DEADLOCK: ").Append(circle).Append('\n');
        return text.Length == 0 ? "No watched lock is held or awaited.\n" : text.ToString();
    }

    private static string Indented(string? stack) =>
        stack is null ? "" : string.Concat(stack.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"    {line.TrimEnd()}\n"));

    private string HoldersOf(WatchedResource resource)
    {
        string[] holders = [.. all.Where(one => one.Holds(resource)).Select(one => one.Who).Distinct()];
        return holders.Length == 0 ? "nobody any more" : string.Join(", ", holders);
    }

    // Each circle is told by its first member.
    private IEnumerable<string> Circles()
    {
        Standing[] stuck = Stuck();
        foreach ((int i, Standing start) in stuck.Index())
        {
            var way = new List<Standing> { start };
            if (!LeadsBack(way, stuck, []) || way.Any(one => Array.IndexOf(stuck, one) < i)) continue;
            IEnumerable<string> waits = way.Select(one => $"{one.Who} waits for {one.Awaited!.Resource.Name}");
            yield return $"{string.Join(", ", waits)}, which {start.Who} holds";
        }
    }

    /// <summary>Takes out who can go on once all others have done what they can, until nobody is left who can.</summary>
    private Standing[] Stuck()
    {
        Standing[] left = [.. all.Where(one => one.Awaited is not null)];
        while (Array.FindAll(left, one => IsBlocked(one.Awaited!.Resource, left)) is var blocked && blocked.Length < left.Length) left = blocked;
        return left;
    }

    // By one of its holders; a semaphore by all of them, and only when every unit is with somebody we know.
    private bool IsBlocked(WatchedResource resource, Standing[] stuck)
    {
        if (resource.Units == 0) return Array.Exists(stuck, one => one.Holds(resource));
        WatchedHold[] units = [.. all.SelectMany(one => one.Held).Where(hold => hold.Resource == resource).Distinct()];
        return units.Length == resource.Units && Array.TrueForAll(units, unit => Array.Exists(stuck, one => one.Held.Contains(unit)));
    }

    /// <summary>Extends a way to where it began, depth first.</summary>
    private static bool LeadsBack(List<Standing> way, Standing[] stuck, HashSet<Standing> seen)
    {
        foreach (Standing holder in stuck.Where(one => one.Holds(way[^1].Awaited!.Resource)))
        {
            if (holder == way[0]) return true;
            if (!seen.Add(holder)) continue;
            way.Add(holder);
            if (LeadsBack(way, stuck, seen)) return true;
            way.RemoveAt(way.Count - 1);
        }

        return false;
    }
}
