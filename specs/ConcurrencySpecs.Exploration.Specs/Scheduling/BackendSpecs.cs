using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

public sealed class A_backend
{
    [Fact]
    public void gives_the_same_schedules_whether_futex_or_monitor()
    {
        Assert.Equal(Orders(new MonitorBackend()), Orders(Backend.Best()));
    }

    [Fact]
    public void without_a_core_of_its_own_still_exhausts()
    {
        using var explorer = new Explorer(new MonitorBackend());
        SearchResult result = explorer.Run(() => Published.Increments(4), new Dpor());
        Assert.Equal((24, true), (result.Schedules, result.Exhausted));
    }

    [Fact]
    public void leaves_the_callers_cores_alone()
    {
        int[]? before = Affinity.Cores();
        using (var explorer = new Explorer()) explorer.Run(() => Published.Increments(3), new Dpor());
        Assert.Equal(before, Affinity.Cores());
    }

    [Fact]
    public void claims_different_cores_for_explorers_that_run_at_once_while_there_are_any()
    {
        int[]? cores = Affinity.Cores();
        Assert.SkipWhen(cores is null || cores.Length < 2, "one core, or none to choose from");
        using CoreClaim? first = CoreClaim.TryTake();
        using CoreClaim? second = CoreClaim.TryTake();
        Assert.Contains(first!.Core, cores!);
        Assert.Contains(second!.Core, cores!);
        int third = TakeOne();
        Assert.Contains(third, cores!);                // more explorers than cores share
        static int TakeOne()
        {
            using CoreClaim? claim = CoreClaim.TryTake();
            return claim!.Core;
        }
    }

    [Fact]
    public void lets_several_explorers_run_at_once()
    {
        var counts = new long[3];
        Thread[] threads = [.. Enumerable.Range(0, counts.Length).Select(i => new Thread(() => counts[i] = Run.Under(new Dpor(), () => Published.Readers(6)).Schedules))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal([64, 64, 64], counts);
    }

    private static List<string> Orders(Backend backend)
    {
        var orders = new List<string>();
        var order = new List<int>();
        using var explorer = new Explorer(backend) { After = _ => orders.Add(string.Join(' ', order)) };
        explorer.Run(() =>
        {
            order.Clear();
            var cell = new Cell();
            Run.Together(() => Add(1), () => Add(2), () => Add(3));
            void Add(int id)
            {
                cell.Add(1);
                order.Add(id);
            }
        }, new RandomWalk(8), new SearchBounds { Schedules = 40 });
        return orders;
    }
}
