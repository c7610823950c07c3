using System.Runtime.CompilerServices;
using ConcurrencySpecs.Queues;

/// <summary>What every bounded queue owes, whoever may call it: each implementation inherits these with one factory method.</summary>
public abstract class A_queue
{
    protected abstract IQueue<T> New<T>(int capacity);

    [Fact]
    public void hands_items_back_in_arrival_order() => Spec.ForAll<int[]>(items =>
    {
        IQueue<int> queue = New<int>(items.Length + 1);
        foreach (int item in items) Assert.True(queue.TryEnqueue(item));
        return items.All(item => queue.TryDequeue(out int seen) && seen == item);
    });

    [Fact]
    public void refuses_an_item_when_full()
    {
        IQueue<string> queue = New<string>(1);
        Assert.True(queue.TryEnqueue("first"));
        Assert.False(queue.TryEnqueue("second"));
        Assert.True(queue.TryDequeue(out string? seen));
        Assert.Equal("first", seen);
    }

    [Fact]
    public void has_nothing_to_give_when_empty()
    {
        IQueue<string> queue = New<string>(2);
        Assert.False(queue.TryDequeue(out string? nothing));
        Assert.Null(nothing);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void holds_exactly_as_many_items_as_its_capacity_says(int capacity)
    {
        IQueue<int> queue = New<int>(capacity);
        Assert.InRange(queue.Capacity, capacity, 2 * capacity);
        for (int i = 0; i < queue.Capacity; i++) Assert.True(queue.TryEnqueue(i));
        Assert.False(queue.TryEnqueue(-1));
        Assert.Equal(queue.Capacity, queue.Count);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4), InlineData(5)]
    public void frees_a_place_with_every_item_taken_lap_after_lap(int capacity)
    {
        IQueue<int> queue = New<int>(capacity);
        for (int i = 0; i < queue.Capacity; i++) Assert.True(queue.TryEnqueue(i));
        for (int next = queue.Capacity; next < 100; next++)
        {
            Assert.False(queue.TryEnqueue(-1));
            Assert.True(queue.TryDequeue(out int oldest));
            Assert.Equal(next - queue.Capacity, oldest);
            Assert.True(queue.TryEnqueue(next));
        }
    }

    [Fact]
    public void agrees_with_a_plain_list_under_any_order_of_calls() => Spec.ForAll<int[]>(calls =>
    {
        IQueue<int> queue = New<int>(3);
        var model = new Queue<int>();
        foreach (int call in calls)
        {
            if (call % 2 == 0)
            {
                bool fits = model.Count < queue.Capacity;
                if (fits) model.Enqueue(call);
                Assert.Equal(fits, queue.TryEnqueue(call));
            }
            else
            {
                bool any = model.TryDequeue(out int expected);
                Assert.Equal(any, queue.TryDequeue(out int seen));
                Assert.Equal(expected, seen);
            }

            Assert.Equal(model.Count, queue.Count);
        }
    });

    [Fact]
    public void lets_go_of_what_it_has_handed_out()
    {
        IQueue<object> queue = New<object>(4);
        WeakReference passed = PassThrough(queue);
        GC.Collect();
        Assert.False(passed.IsAlive);
        GC.KeepAlive(queue);
    }

    [Fact]
    public void carries_structs_whole_from_one_thread_to_another() => Pass(capacity: 2, items: 5_000);

    [Fact]
    public void keeps_order_between_two_threads_through_a_single_slot() => Pass(capacity: 1, items: 1_000);

    [Theory, InlineData(0), InlineData(-1), InlineData(int.MinValue)]
    public void needs_room_for_at_least_one_item(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(capacity), () => New<int>(capacity));

    private void Pass(int capacity, int items)
    {
        IQueue<(long, long, long)> queue = New<(long, long, long)>(capacity);
        Threads.Run(
            () =>
            {
                for (long i = 0; i < items; i++) Threads.WaitUntil(() => queue.TryEnqueue((i, i, i)));
            },
            () =>
            {
                (long, long, long) seen = default;
                for (long i = 0; i < items; i++)
                {
                    Threads.WaitUntil(() => queue.TryDequeue(out seen));
                    Assert.Equal((i, i, i), seen);
                }
            });
        Assert.Equal(0, queue.Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference PassThrough(IQueue<object> queue)
    {
        object item = new();
        Assert.True(queue.TryEnqueue(item));
        Assert.True(queue.TryDequeue(out object? seen));
        Assert.Same(item, seen);
        return new WeakReference(item);
    }
}
