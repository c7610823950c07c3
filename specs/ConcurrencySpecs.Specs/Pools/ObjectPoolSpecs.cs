using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Pools;

public sealed class An_object_pool
{
    private static readonly ObjectPoolOptions<object> _checked = new() { Checked = true };

    [Fact]
    public void gives_back_what_was_returned_instead_of_making_another()
    {
        int made = 0;
        var pool = new ObjectPool<object>(() => { made++; return new object(); });
        for (int round = 0; round < 3; round++)
        {
            object[] all = [.. Enumerable.Range(0, 5).Select(_ => pool.Rent())];
            Assert.Equal(5, all.Distinct().Count());
            foreach (object one in all) pool.Return(one);
        }

        Assert.Equal(5, made);
    }

    [Fact]
    public void finds_what_another_thread_returned()
    {
        int made = 0;
        var pool = new ObjectPool<object>(() => { made++; return new object(); });
        object[] all = [.. Enumerable.Range(0, 5).Select(_ => pool.Rent())];
        Threads.Run(() => { foreach (object one in all) pool.Return(one); });
        foreach (object _ in all) pool.Rent();
        Assert.Equal(5 + 1, made);      // the other thread took one with it
    }

    [Fact]
    public void drops_what_does_not_fit() => Threads.Run(() =>
    {
        int made = 0;
        var pool = new ObjectPool<object>(() => { made++; return new object(); }, new() { Capacity = 2 });
        object[] all = [.. Enumerable.Range(0, 10).Select(_ => pool.Rent())];
        foreach (object one in all) pool.Return(one);
        foreach (object _ in all) pool.Rent();
        Assert.Equal(10 + 10 - 2 - 1, made);    // two shared and the thread's own
    });

    [Fact]
    public void keeps_an_object_for_each_thread_however_many_pools_there_are() => Threads.Run(() =>
    {
        int made = 0;
        ObjectPool<object>[] pools = [.. Enumerable.Range(0, 20).Select(_ => new ObjectPool<object>(() => { made++; return new object(); }))];
        for (int round = 0; round < 3; round++)
        {
            object[] all = [.. pools.Select(pool => pool.Rent())];
            foreach ((ObjectPool<object> pool, object one) in pools.Zip(all))
            {
                pool.Return(one);
                Threads.Run(() => Assert.NotSame(one, pool.Rent()));        // it lies with its thread
            }
        }

        Assert.Equal(20 + (3 * 20), made);
    });

    [Fact]
    public void leaves_what_a_thread_kept_to_the_next_one_with_its_number()
    {
        var pool = new ObjectPool<object>(() => new object());
        object? left = null;
        int number = 0;
        bool met = false;
        for (int i = 0; i < 20 && !met; i++)
        {
            RunAndForget(() =>
            {
                object one = pool.Rent();
                met = Environment.CurrentManagedThreadId == number;
                if (met) Assert.Same(left, one);
                else (left, number) = (one, Environment.CurrentManagedThreadId);
                pool.Return(one);
            });
            GC.Collect();                       // a thread's number is free once the thread has been collected
            GC.WaitForPendingFinalizers();
        }

        Assert.SkipUnless(met, "No thread was given the number of the one that had ended before.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunAndForget(Action body) => Threads.Run(body);

    [Fact]
    public void keeps_the_objects_of_pools_apart()
    {
        ObjectPool<string>[] pools = [.. Enumerable.Range(0, 20).Select(i => new ObjectPool<string>(() => new string((char)('a' + i), 2)))];
        for (int round = 0; round < 3; round++)
        {
            foreach ((int i, ObjectPool<string> pool) in pools.Index())
            {
                string one = pool.Rent(), two = pool.Rent();
                Assert.Equal(new string((char)('a' + i), 2), one);
                Assert.NotSame(one, two);
                pool.Return(one);
                pool.Return(two);
            }
        }
    }

    [Fact]
    public void resets_what_is_returned_and_drops_what_cannot_be()
    {
        var pool = new ObjectPool<List<int>>(() => [], new() { Reset = list => { list.Clear(); return list.Capacity < 100; } });
        List<int> small = pool.Rent();
        small.Add(1);
        pool.Return(small);
        Assert.Same(small, pool.Rent());
        Assert.Empty(small);
        small.EnsureCapacity(1000);
        pool.Return(small);
        Assert.NotSame(small, pool.Rent());
    }

    [Fact]
    public void is_left_alone_by_a_reset_that_throws()
    {
        var pool = new ObjectPool<object>(() => new object(), new() { Reset = _ => throw new TimeoutException("reset") });
        object one = pool.Rent();
        Assert.Throws<TimeoutException>(() => pool.Return(one));
        Assert.NotSame(one, pool.Rent());
    }

    [Fact]
    public void says_where_an_object_was_rented_and_returned_when_it_is_returned_twice()
    {
        var pool = new ObjectPool<object>(() => new object(), _checked);
        object one = pool.Rent();
        pool.Return(one);
        string message = Assert.Throws<InvalidOperationException>(() => pool.Return(one)).Message;
        Assert.Equal(3, message.Split(ObjectPoolSpecs).Length - 1);
    }

    [Fact]
    public void refuses_an_object_that_it_did_not_give()
    {
        var pool = new ObjectPool<object>(() => new object(), _checked);
        Assert.Contains("not rented", Assert.Throws<InvalidOperationException>(() => pool.Return(new object())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => pool.Return(null!));
    }

    [Fact]
    public void notices_a_use_after_the_return()
    {
        var pool = new ObjectPool<object>(() => new object(), _checked);
        Lease<object> lease = pool.Lease();
        Assert.NotNull(lease.Value);
        lease.Dispose();
        Assert.Contains("used after its return", Assert.Throws<InvalidOperationException>(() => lease.Value).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(lease.Dispose);
    }

    [Fact]
    public void names_the_line_of_a_rent_that_never_came_back()
    {
        var pool = new ObjectPool<object>(() => new object(), _checked);
        object kept = pool.Rent();
        Assert.Equal(ObjectPoolSpecs, Path.GetFileName(Assert.Single(pool.Outstanding).File));
        Rental lost = Lose(pool);
        Threads.WaitUntil(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return pool.Leaked.Count > 0;
        });
        Assert.Equal(lost, Assert.Single(pool.Leaked));
        GC.KeepAlive(kept);
        Assert.Single(pool.Outstanding);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Rental Lose(ObjectPool<object> pool)
        {
            pool.Rent();
            return pool.Outstanding[^1];
        }
    }

    [Fact]
    public void notices_a_maker_that_gives_the_same_object_again()
    {
        object same = new();
        var pool = new ObjectPool<object>(() => same, _checked);
        pool.Rent();
        Assert.Contains("make a new one", Assert.Throws<InvalidOperationException>(() => pool.Rent()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void rents_an_object_to_one_in_every_schedule()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var pool = new ObjectPool<object>(() => new object(), new() { Capacity = 1 });
            object one = pool.Rent(), two = pool.Rent();
            pool.Return(one);       // into this thread's slot
            pool.Return(two);       // into the shared one
            Task<object> other = Task.Run(() => pool.Rent());
            object mine = pool.Rent(), more = pool.Rent();
            Assert.True(mine != more && !new[] { mine, more }.Contains(other.GetAwaiter().GetResult()));
        });
        Assert.True(result.Exhausted, result.ToString());
    }

    [Theory, InlineData(0), InlineData(-1)]
    public void needs_room_for_at_least_one(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(capacity), () => new ObjectPool<object>(() => new object(), new() { Capacity = capacity }));

    [Fact]
    public void needs_a_maker() => Assert.Throws<ArgumentNullException>("create", () => new ObjectPool<object>(null!));

    private const string ObjectPoolSpecs = "ObjectPoolSpecs.cs";
}
