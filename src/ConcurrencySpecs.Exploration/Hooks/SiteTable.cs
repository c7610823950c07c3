namespace ConcurrencySpecs.Exploration.Hooks;

/// <summary>All sites of this process; only ever grows, so that a number keeps its meaning. Number 0 is "unknown".</summary>
internal static class SiteTable
{
    private static readonly Lock _mutex = new();
    private static readonly Site _unknown = new("?", null, 0, "?");
    private static volatile Site[] _sites = [_unknown];
    private static int _count = 1;

    /// <summary>Adds a site and returns its number.</summary>
    public static int Add(Site site)
    {
        lock (_mutex)
        {
            if (_count == _sites.Length)
            {
                var larger = new Site[_count * 2];
                _sites.CopyTo(larger, 0);
                larger[_count] = site;
                _sites = larger;              // release: whoever sees the larger array sees its entries
            }
            else _sites[_count] = site;
            return _count++;
        }
    }

    public static Site Of(int number)
    {
        Site[] sites = _sites;
        return (uint)number < (uint)sites.Length ? sites[number] ?? _unknown : _unknown;
    }

    /// <summary>"TicketDesk.cs:17", or the method where there is no line.</summary>
    public static string Place(int number)
    {
        Site site = Of(number);
        return site.File is null || site.Line == 0 ? site.Method : $"{Path.GetFileName(site.File)}:{site.Line}";
    }
}
