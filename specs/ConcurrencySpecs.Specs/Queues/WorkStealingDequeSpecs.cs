using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Queues;

public sealed class A_work_stealing_deque
{
    [Fact]
    public void gives_its_owner_the_newest_item_and_a_thief_the_oldest()
    {
        var deque = new WorkStealingDeque<string>();
        foreach (string item in new[] { "a", "b", "c" }) deque.Push(item);
        Assert.Equal(3, deque.Count);
        Assert.True(deque.TryPop(out string? popped) && popped == "c");
        Assert.True(deque.TrySteal(out string? stolen) && stolen == "a");
        Assert.True(deque.TryPop(out popped) && popped == "b");
        Assert.False(deque.TryPop(out popped));
        Assert.False(deque.TrySteal(out stolen));
        Assert.Null(popped);
        Assert.Null(stolen);
        Assert.Equal(0, deque.Count);
    }

    [Fact]
    public void grows_from_any_place_of_its_ring() => Spec.ForAll<byte[]>(moves =>
    {
        var deque = new WorkStealingDeque<int>(1);
        var model = new LinkedList<int>();
        foreach (byte move in moves)
        {
            if (move % 2 == 0)
            {
                deque.Push(move);
                model.AddLast(move);
            }
            else if (deque.TrySteal(out int item))
            {
                Assert.Equal(model.First!.Value, item);
                model.RemoveFirst();
            }

            Assert.Equal(model.Count, deque.Count);
        }

        while (deque.TryPop(out int last))
        {
            Assert.Equal(model.Last!.Value, last);
            model.RemoveLast();
        }

        Assert.Empty(model);
    });

    [Fact]
    public void gives_each_item_to_one_of_its_owner_and_three_thieves()
    {
        const int Items = 30_000, Thieves = 3;
        var deque = new WorkStealingDeque<int>(1);
        int[] taken = new int[Items];
        bool over = false;
        Action steal = () =>
        {
            while (true)
            {
                bool last = Volatile.Read(ref over);
                if (deque.TrySteal(out int item)) Interlocked.Increment(ref taken[item]);
                else if (last) return;
            }
        };
        Threads.Run([
            () =>
            {
                for (int i = 0; i < Items; i++)
                {
                    deque.Push(i);
                    if (i % 3 != 0 && deque.TryPop(out int item)) Interlocked.Increment(ref taken[item]);
                }

                Volatile.Write(ref over, true);
            },
            .. Enumerable.Repeat(steal, Thieves),
        ]);
        Assert.All(taken, times => Assert.Equal(1, times));
    }

    [Fact]
    public void gives_the_last_item_to_one_in_every_schedule()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var deque = new WorkStealingDeque<int>(1);
            deque.Push(1);
            Task<bool> stolen = Task.Run(() => deque.TrySteal(out _));
            bool popped = deque.TryPop(out _);
            Assert.True(popped ^ stolen.GetAwaiter().GetResult());
        });
        Assert.True(result.Exhausted, result.ToString());
    }

    [Fact]
    public void lets_a_thief_finish_while_it_grows_in_every_schedule()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var deque = new WorkStealingDeque<int>(1);
            deque.Push(1);
            int stolen = 0;
            Task thief = Task.Run(() => deque.TrySteal(out stolen));
            deque.Push(2);
            deque.Push(3);
            thief.GetAwaiter().GetResult();
            Assert.Equal(1, stolen);
            Assert.True(deque.TryPop(out int last) && last == 3 && deque.TryPop(out last) && last == 2 && !deque.TryPop(out _));
        });
        Assert.True(result.Exhausted, result.ToString());
    }

    [Fact]
    public void lets_go_of_what_was_stolen_once_its_owner_finds_it_empty()
    {
        var deque = new WorkStealingDeque<object>();
        WeakReference[] items = [.. Enumerable.Range(0, 5).Select(_ => PushAndSteal(deque))];
        Assert.False(deque.TryPop(out _));
        GC.Collect();
        Assert.All(items, item => Assert.False(item.IsAlive));
        GC.KeepAlive(deque);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference PushAndSteal(WorkStealingDeque<object> deque)
        {
            deque.Push(new object());
            Assert.True(deque.TrySteal(out object? item));
            return new WeakReference(item);
        }
    }

    [Theory, InlineData(0), InlineData(-1), InlineData((1 << 30) + 1)]
    public void needs_room_for_at_least_one_item(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(capacity), () => new WorkStealingDeque<int>(capacity));
}
