using System.Runtime.CompilerServices;
using ConcurrencySpecs.Queues;

public sealed class A_spsc_queue : A_queue
{
    protected override IQueue<T> New<T>(int capacity) => new SpscQueue<T>(capacity);

    [Fact]
    public void takes_as_much_of_a_batch_as_fits_first_items_first()
    {
        var queue = new SpscQueue<int>(4);
        Assert.True(queue.TryEnqueue(1));
        Assert.Equal(3, queue.TryEnqueue([2, 3, 4, 5, 6]));
        Assert.Equal(0, queue.TryEnqueue([5, 6]));

        int[] seen = new int[8];
        Assert.Equal(4, queue.TryDequeue(seen));
        Assert.Equal([1, 2, 3, 4, 0, 0, 0, 0], seen);
        Assert.Equal(0, queue.TryDequeue(seen));
    }

    [Fact]
    public void takes_no_more_than_the_span_has_room_for()
    {
        var queue = new SpscQueue<int>(4);
        queue.TryEnqueue([1, 2, 3]);
        int[] seen = new int[2];
        Assert.Equal(2, queue.TryDequeue(seen));
        Assert.Equal([1, 2], seen);
        Assert.Equal(1, queue.Count);
        Assert.Equal(0, queue.TryDequeue([]));
        Assert.Equal(0, queue.TryEnqueue([]));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]        // four cache lines, and some more that the producer takes ahead
    [InlineData(2048)]      // more lines than it takes at once
    public void agrees_with_a_plain_list_when_batches_and_single_items_mix(int capacity) => Spec.ForAll<int[]>(calls =>
    {
        var queue = new SpscQueue<int>(capacity);
        var model = new Queue<int>();
        int next = 0;
        foreach (int call in calls)
        {
            int size = Math.Abs(call % 12) * capacity / 8;
            int[] batch = [.. Enumerable.Range(next, size)];
            if (call % 2 == 0)
            {
                int fits = Math.Min(size, queue.Capacity - model.Count);
                foreach (int item in batch.Take(fits)) model.Enqueue(item);
                Assert.Equal(fits, queue.TryEnqueue(batch));
            }
            else
            {
                int taken = queue.TryDequeue(batch);
                Assert.Equal(Math.Min(size, model.Count), taken);
                Assert.Equal(batch.Take(taken), Enumerable.Range(0, taken).Select(_ => model.Dequeue()));
            }

            if (queue.TryEnqueue(next)) model.Enqueue(next);
            Assert.Equal(model.Count, queue.Count);
            next += size + 1;
        }
    });

    [Fact]
    public void keeps_order_between_two_threads_that_use_batches_of_any_size()
    {
        const int Items = 200_000;
        var queue = new SpscQueue<int>(64);
        Threads.Run(
            () =>
            {
                var sizes = new Random(1);
                int[] batch = new int[100];
                for (int next = 0; next < Items;)
                {
                    int size = Math.Min(sizes.Next(1, batch.Length + 1), Items - next);
                    for (int i = 0; i < size; i++) batch[i] = next + i;
                    Threads.WaitUntil(() => queue.Count < queue.Capacity);
                    next += queue.TryEnqueue(batch.AsSpan(0, size));
                }
            },
            () =>
            {
                var sizes = new Random(2);
                int[] batch = new int[100];
                for (int next = 0; next < Items;)
                {
                    Threads.WaitUntil(() => queue.Count > 0);
                    int taken = queue.TryDequeue(batch.AsSpan(0, sizes.Next(1, batch.Length + 1)));
                    for (int i = 0; i < taken; i++) Assert.Equal(next++, batch[i]);
                }
            });
    }

    [Fact]
    public void lets_go_of_a_batch_it_has_handed_out()
    {
        var queue = new SpscQueue<object>(4);
        WeakReference passed = PassBatchThrough(queue);
        GC.Collect();
        Assert.False(passed.IsAlive);
        GC.KeepAlive(queue);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference PassBatchThrough(SpscQueue<object> queue)
    {
        object[] batch = [new(), new()];
        Assert.Equal(2, queue.TryEnqueue(batch));
        Assert.Equal(2, queue.TryDequeue(new object[2]));
        return new WeakReference(batch[1]);
    }
}
