using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Queues;

public sealed class An_mpmc_queue : A_queue
{
    protected override IQueue<T> New<T>(int capacity) => new MpmcQueue<T>(capacity);

    [Theory, InlineData(1, 300), InlineData(2, 300), InlineData(64, 2_000)]
    public void loses_and_repeats_nothing_among_four_producers_and_four_consumers(int capacity, int items)
    {
        const int Producers = 4, Consumers = 4;
        var queue = new MpmcQueue<(int Producer, int Number)>(capacity);
        var seen = new ConcurrentBag<List<(int Producer, int Number)>>();
        int left = Producers * items;

        Threads.Run([
            .. Enumerable.Range(0, Producers).Select(producer => (Action)(() =>
            {
                for (int i = 0; i < items; i++) Threads.WaitUntil(() => queue.TryEnqueue((producer, i)));
            })),
            .. Enumerable.Range(0, Consumers).Select(_ => (Action)(() =>
            {
                var mine = new List<(int, int)>();
                Threads.WaitUntil(() =>
                {
                    while (queue.TryDequeue(out (int, int) item))
                    {
                        mine.Add(item);
                        Interlocked.Decrement(ref left);
                    }

                    return Volatile.Read(ref left) == 0;
                });
                seen.Add(mine);
            })),
        ]);

        Assert.Equal(Producers * items, seen.SelectMany(mine => mine).Distinct().Count());
        Assert.Equal(Producers * items, seen.Sum(mine => mine.Count));
        Assert.All(seen, mine => Assert.All(mine.GroupBy(item => item.Producer), KeepsTheOrderOfItsProducer));
    }

    [Fact]
    public void is_never_called_empty_by_the_thread_that_has_just_filled_it()
    {
        // Without the wait for a half-published slot, the other thread's unfinished item makes the queue look empty to us.
        // A fat item takes long to copy, which keeps slots half-published for longer.
        const int Rounds = 20_000;
        var queue = new MpmcQueue<Fat>(8);
        Action pairs = () =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                Assert.True(queue.TryEnqueue(default));
                Assert.True(queue.TryDequeue(out _));
            }
        };
        Threads.Run(pairs, pairs);
        Assert.Equal(0, queue.Count);
    }

    [Theory, InlineData(1), InlineData(8)]
    public void goes_on_where_its_turns_wrap(int capacity)
    {
        const long FirstWrap = 1L << 30;    // turns are twice the position, in 32 bits
        foreach (long wrap in new[] { FirstWrap, 2 * FirstWrap })
        {
            var queue = new MpmcQueue<int>(capacity, wrap - 20);
            for (int i = 0; i < 40; i++)
            {
                for (int item = 0; item < capacity; item++) Assert.True(queue.TryEnqueue(i + item));
                Assert.False(queue.TryEnqueue(-1));
                for (int item = 0; item < capacity; item++) Assert.True(queue.TryDequeue(out int seen) && seen == i + item);
                Assert.False(queue.TryDequeue(out _));
            }
        }
    }

    private static void KeepsTheOrderOfItsProducer(IGrouping<int, (int Producer, int Number)> items) =>
        Assert.Equal(items.Select(item => item.Number).Order(), items.Select(item => item.Number));

    [InlineArray(128)]
    private struct Fat
    {
        private long _first;
    }
}
