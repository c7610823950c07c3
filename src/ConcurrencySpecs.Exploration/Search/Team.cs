using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>An exhaustive search by several explorers, one for each core, once it has turned out to be a long one.</summary>
/// <remarks>
/// <para>Promise — counts are those of one explorer, and so is a failure: who finds one first is a matter of luck, so the search is then taken again
/// by one explorer, whose first failure is the result. Only if a bound on time ends that earlier, what the team found stands.</para>
/// <para>A search with a bound on schedules stays with one explorer: which schedules are the first ones must not depend on luck.</para>
/// <para>Cost — a search of fewer than <see cref="Alone"/> executions pays nothing.</para>
/// </remarks>
/// <param name="size">How many explorers at most.</param>
/// <param name="recruit">Makes another explorer, with its own copy of the body.</param>
internal sealed class Team(int size, Func<TeamMember> recruit)
{
    private readonly List<Thread> _threads = [];
    private readonly List<SearchResult> _results = [];
    private readonly Lock _mutex = new();
    private Exception? _broken;

    /// <summary>Executions after which the first explorer gets help.</summary>
    public int Alone { get; init; } = 4_000;

    /// <summary>How many have come to help, over all searches.</summary>
    public int Helpers { get; private set; }

    public SearchResult Run(Explorer explorer, Action body, SearchBounds bounds)
    {
        if (size < 2 || bounds.Schedules != long.MaxValue) return explorer.Run(body, new Dpor { Order = bounds.Order }, bounds);
        var watch = Stopwatch.StartNew();
        SharedTree tree = null!;
        tree = new SharedTree(Alone, () => Recruit(explorer, tree, bounds, watch));
        SearchResult mine;
        try
        {
            mine = explorer.Run(body, new Dpor(tree), bounds);
        }
        finally
        {
            tree.Close();
            foreach (Thread thread in _threads) thread.Join();
        }
        if (_broken is not null) ExceptionDispatchInfo.Throw(_broken);
        if (_results.Count == 0 || explorer.Execution.Lost) return mine;
        SearchResult all = Sum(mine) with { Exhausted = mine.Exhausted && tree.Complete && _results.TrueForAll(result => result.Exhausted), Elapsed = watch.Elapsed };
        if (all.Failure is null) return all;
        SearchResult first = explorer.Run(body, new Dpor(), bounds);
        return (first.Failure is null ? all : first) with { Elapsed = watch.Elapsed };
    }

    private void Recruit(Explorer explorer, SharedTree tree, SearchBounds bounds, Stopwatch watch)
    {
        for (int i = 1; i < size; i++)
        {
            var thread = new Thread(() => Help(explorer, tree, bounds, watch)) { IsBackground = true, Name = $"explorer helper {i}" };
            _threads.Add(thread);
            thread.Start();
        }
        Helpers += size - 1;
    }

    private void Help(Explorer first, SharedTree tree, SearchBounds bounds, Stopwatch watch)
    {
        try
        {
            using TeamMember member = recruit();
            TimeSpan left = bounds.Time == TimeSpan.MaxValue ? bounds.Time : bounds.Time - watch.Elapsed;
            SearchResult result = member.Explorer.Run(member.Body, new Dpor(tree, helps: true), bounds with { Time = left }, first.Execution.Numbers);
            lock (_mutex) _results.Add(result);
        }
        catch (Exception broken)
        {
            lock (_mutex) _broken ??= broken;  // thrown again by Run
            tree.Close();
        }
    }

    private SearchResult Sum(SearchResult sum)
    {
        foreach (SearchResult result in _results)
        {
            sum = sum with
            {
                Schedules = sum.Schedules + result.Schedules,
                Redundant = sum.Redundant + result.Redundant,
                Steps = sum.Steps + result.Steps,
                StoppedBy = sum.StoppedBy ?? result.StoppedBy,
                Failure = sum.Failure ?? result.Failure,
                Schedule = sum.Failure is null ? result.Schedule : sum.Schedule,
            };
        }
        return sum;
    }
}
