using System.Collections.Immutable;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Rewriting;

public sealed class A_captured_value
{
    private readonly List<int> _bag = [1, 2];
    private readonly Counter _own = new(4);
    private readonly Task _unread = Task.CompletedTask;

    [Fact]
    public void is_copied_in_and_restored_before_every_schedule()
    {
        int number = 3;
        string text = "x";
        var counter = new Counter(1);
        List<Counter> counters = [counter, new(2)];
        int[] numbers = [1, 2];
        ExplorationResult result = Explore.Every(() =>
        {
            Assert.Equal((3, "x", 1), (number, text, counter.Value));
            Assert.Same(counter, counters[0]);
            Assert.Equal([1, 2], numbers);
            Assert.Equal([1, 2], _bag);
            Together.Run(() => counter.Value++, () => counters[0].Value++);
            counters.Clear();
            numbers[0] = 9;
            _bag.Add(3);
            _own.Value++;
        });
        Assert.True(result.Exhausted && result.Schedules > 1, result.ToString());
        Assert.Equal((1, 2, 1, 4), (counter.Value, counters.Count, numbers[0], _own.Value));
        Assert.Equal(2, _bag.Count);
    }

    [Fact]
    public void may_be_a_record_a_tuple_a_lambda_or_an_immutable_collection()
    {
        (Item, int)[] tuples = [(new Item(1, Tag.B), 2)];
        var immutable = ImmutableStack.Create(new Item(5, Tag.A));
        Func<int, Item> make = key => new Item(key, Tag.A);
        Item? none = null;
        object boxed = new object[] { new Item(7, Tag.B) };
        var tag = Tag.B;
        IEnumerable<Item> lazy = tuples.Select(t => t.Item1).Where(item => item.Key > 0);
        Explore.Every(() =>
        {
            Assert.Equal((new Item(1, Tag.B), 2), tuples[0]);
            Assert.Equal(new Item(5, Tag.A), immutable.Peek());
            Assert.Equal(new Item(4, Tag.A), make(4));
            Assert.Null(none);
            Assert.Equal(new Item(7, Tag.B), Assert.IsType<Item>(((object[])boxed)[0]));
            Assert.Equal(Tag.B, tag);
            Assert.Single(lazy);
        });
    }

    [Theory, InlineData(1), InlineData(2)]
    public void may_be_a_parameter_of_the_fact(int seats) => Explore.Every(() => Assert.InRange(seats, 1, 2));

    [Fact]
    public void may_be_a_type_parameter()
    {
        Of(new Item(1, Tag.A));

        static void Of<T>(T value) where T : class => Explore.Every(() =>
        {
            Assert.Equal("Item", typeof(T).Name);
            Assert.Equal("Item", value.GetType().Name);
        });
    }

    [Fact]
    public void is_asked_for_only_if_the_body_reads_it()
    {
        Task task = Task.CompletedTask;
        int wanted = 1;
        Explore.Every(() => Assert.Equal(1, wanted));
        Func<Task> other = () => task;
        Assert.True(other().IsCompleted);
        Explore.Every(() => Assert.Equal(4, _own.Value));
        Assert.True(_unread.IsCompleted);
    }

    [Fact]
    public void that_is_a_tally_gathers_over_all_schedules()
    {
        var seen = new Tally<int>();
        Explore.Every(() =>
        {
            int n = 0;
            Together.Run(() => n++, () => n++);
            seen.Add(n);
        });
        Assert.Equal([1, 2], seen.Values.Order());
    }

    [Fact] public void that_is_a_task_is_refused_by_name() { Task late = Task.CompletedTask; Refuses("late (Task)", () => _ = late.IsCompleted); }

    [Fact] public void that_is_a_thread_is_refused_by_name() { var worker = new Thread(() => { }); Refuses("worker (Thread)", () => worker.Start()); }

    [Fact] public void that_is_a_semaphore_is_refused_by_name() { using var gate = new SemaphoreSlim(1); Refuses("gate (SemaphoreSlim)", () => gate.Wait()); }

    [Fact]
    public void that_hashes_rewritten_keys_is_refused_by_name()
    {
        var index = new Dictionary<Item, int> { [new Item(1, Tag.A)] = 1 };
        Refuses("index (Dictionary<Item, Int32>)", () => Assert.Single(index));
    }

    [Fact]
    public void inside_a_captured_object_is_refused_with_its_path()
    {
        var holder = new Holder { Inner = Task.CompletedTask };
        Refuses("holder.Inner (Task)", () => Assert.NotNull(holder.Inner));
    }

    [Fact]
    public void that_is_several_delegates_is_refused()
    {
        Action both = () => { };
        both += () => { };
        Refuses("both", () => both());
    }

    [Fact] public void that_is_written_is_refused_by_name() { int count = 0; Refuses("count, a local", () => count++); Assert.Equal(0, count); }

    [Fact]
    public void that_is_written_by_reference_is_refused_by_name()
    {
        int count = 0;
        Refuses("count, a local", () => Interlocked.Increment(ref count)); Assert.Equal(0, count);
    }

    [Fact]
    public void that_is_written_by_a_lambda_inside_is_refused_by_name()
    {
        int count = 0;
        Refuses("count, a local", () => Together.Run(() => count++, () => { }));
        Assert.Equal(0, count);
    }

    [Fact]
    public async Task that_is_written_by_an_async_body_is_refused_by_name()
    {
        int count = 0;
        await Task.Yield();
        var refused = Assert.Throws<ExplorationRefusedException>(() => { Explore.Every(async () => { await Task.Yield(); count++; }); });
        Assert.Contains("count, a local", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, count);
    }

    [Fact]
    public void is_restored_within_two_microseconds()
    {
        int a = 1, b = 2;
        var counter = new Counter(3);
        Action body = () => Assert.Equal(6, a + b + counter.Value);
        TwinContext context = TwinContext.Rent(typeof(A_captured_value).Assembly, ExplorationOptions.Default);
        var values = new CapturedValues(body.Target, new BodyCode(body.Method, body.Target), context);
        for (int i = 0; i < 20_000; i++) values.Fresh();
        var best = TimeSpan.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < 20_000; i++) values.Fresh();
            TimeSpan each = (Environment.CpuUsage.TotalTime - start) / 20_000;
            if (each < best) best = each;
        }

        context.Return();
        TestContext.Current.TestOutputHelper?.WriteLine($"{best.TotalNanoseconds:F0} ns");
        Assert.True(best < TimeSpan.FromMicroseconds(2), $"{best.TotalNanoseconds:F0} ns");
    }

    private static void Refuses(string what, Action body)
    {
        var refused = Assert.Throws<ExplorationRefusedException>(() => { Explore.Every(body); });
        Assert.Contains(what, refused.Message, StringComparison.Ordinal);
    }

    private enum Tag { A, B }

    private sealed record Item(int Key, Tag Tag);

    private sealed class Counter(int value)
    {
        public int Value = value;
    }

    private sealed class Holder
    {
        public Task? Inner;
    }
}
