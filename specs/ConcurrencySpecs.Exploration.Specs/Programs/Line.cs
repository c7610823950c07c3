using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Sites for programs that are written against the seam: the line of the call, found without a rewriter.</summary>
public static class Line
{
    private static readonly Dictionary<(int, string), int> _sites = [];

    public static int Site(int line, string what)
    {
        lock (_sites)
        {
            if (!_sites.TryGetValue((line, what), out int site))
                _sites[(line, what)] = site = SiteTable.Add(new Site("Program", "Program.cs", line, what, typeof(int)));
            return site;
        }
    }

    public static void At(int line, string what) => Execution.Current!.Site = Site(line, what);
}
