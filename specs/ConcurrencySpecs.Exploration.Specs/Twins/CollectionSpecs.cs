using ConcurrencySpecs.Exploration.Twins;
using static Exploring;

public sealed class A_concurrent_collection_twin
{
    [Fact]
    public void takes_each_item_once() => Ends("1 0 | 2 1", () =>
    {
        var queue = new ConcurrentQueue<int>([1]);
        int a = 0, b = 0;
        Together(() => queue.TryDequeue(out a), () => queue.TryDequeue(out b));
        return a == 1 ? "1 0" : "2 1";
    });

    [Fact]
    public void that_is_a_queue_keeps_the_order_of_a_producer() => Ends("1 2", () =>
    {
        var queue = new ConcurrentQueue<int>();
        Together(() => queue.Enqueue(1), () => { });
        queue.Enqueue(2);
        return string.Join(" ", queue);
    });

    [Fact]
    public void that_is_checked_then_used_is_caught() => Fails(ConcurrencySpecs.Exploration.Scheduling.Outcome.Threw, () =>
    {
        var stack = new ConcurrentStack<int>([1]);
        void Take()
        {
            if (stack.IsEmpty) return;
            if (!stack.TryPop(out _)) throw new InvalidOperationException("gone");
        }
        Together(Take, Take);
    });

    [Fact]
    public void that_is_a_dictionary_runs_a_factory_twice_and_keeps_one() => Ends("1 1 | 2 2", () =>
    {
        var dictionary = new ConcurrentDictionary<string, int>();
        int a = 0, b = 0;
        Together(() => a = dictionary.GetOrAdd("k", _ => 1), () => b = dictionary.GetOrAdd("k", _ => 2));
        return $"{a} {b}";
    });

    [Fact]
    public void that_is_a_dictionary_loses_no_update() => Ends("2", () =>
    {
        var dictionary = new ConcurrentDictionary<string, int>();
        void Add() => dictionary.AddOrUpdate("k", 1, (_, n) => n + 1);
        Together(Add, Add);
        return dictionary["k"];
    });

    [Fact]
    public void that_is_a_bag_gives_everything_back() => Ends("1 2", () =>
    {
        var bag = new ConcurrentBag<int>();
        Together(() => bag.Add(1), () => bag.Add(2));
        return string.Join(" ", bag.Order());
    });

    [Fact]
    public void that_is_polled_until_an_item_comes_ends() => Ends("7", () =>
    {
        var queue = new ConcurrentQueue<int>();
        int item = 0;
        Together(
            () =>
            {
                At();
                while (!queue.TryDequeue(out item)) At();
            },
            () =>
            {
                At();
                queue.Enqueue(7);
            });
        return item;
    });

    [Fact]
    public void answers_like_the_real_one()
    {
        Agree(() =>
        {
            var d = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            return $"{d.TryAdd("a", 1)} {d.TryAdd("A", 2)} {d.TryUpdate("a", 3, 1)} {d.TryUpdate("a", 4, 1)} {d["A"]} {d.TryRemove("a", out int v)} " +
                $"{v} {d.Count} {Try(() => d["a"])} {Try(() => d.TryAdd(null!, 1))} {d.GetOrAdd("x", k => k.Length)} {d.IsEmpty} " +
                $"{string.Join(",", d.Keys)} {d.GetAlternateLookup<ReadOnlySpan<char>>()["X"]}";
        }, () =>
        {
            var d = new ConcurrentDictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            return $"{d.TryAdd("a", 1)} {d.TryAdd("A", 2)} {d.TryUpdate("a", 3, 1)} {d.TryUpdate("a", 4, 1)} {d["A"]} {d.TryRemove("a", out int v)} " +
                $"{v} {d.Count} {Try(() => d["a"])} {Try(() => d.TryAdd(null!, 1))} {d.GetOrAdd("x", k => k.Length)} {d.IsEmpty} " +
                $"{string.Join(",", d.Keys)} {d.GetAlternateLookup<ReadOnlySpan<char>>()["X"]}";
        });
    }
}
