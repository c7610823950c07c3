namespace ConcurrencySpecs.Exploration.Hooks;

/// <summary>All sites of this process; only ever grows, so that a number keeps its meaning. Number 0 is "unknown".</summary>
internal static class SiteTable
{
    private static readonly Lock s_mutex = new();
    private static readonly Site s_unknown = new("?", null, 0, "?");
    private static volatile Site[] s_sites = [s_unknown];
    private static int s_count = 1;

    /// <summary>Adds a site and returns its number.</summary>
    public static int Add(Site site)
    {
        lock (s_mutex)
        {
            if (s_count == s_sites.Length)
            {
                var larger = new Site[s_count * 2];
                s_sites.CopyTo(larger, 0);
                larger[s_count] = site;
                s_sites = larger;              // release: whoever sees the larger array sees its entries
            }
            else s_sites[s_count] = site;
            return s_count++;
        }
    }

    public static Site Of(int number)
    {
        Site[] sites = s_sites;
        return (uint)number < (uint)sites.Length ? sites[number] ?? s_unknown : s_unknown;
    }

    /// <summary>"TicketDesk.cs:17", or the method where there is no line.</summary>
    public static string Place(int number)
    {
        Site site = Of(number);
        return site.File is null || site.Line == 0 ? site.Method : $"{Path.GetFileName(site.File)}:{site.Line}";
    }
}
