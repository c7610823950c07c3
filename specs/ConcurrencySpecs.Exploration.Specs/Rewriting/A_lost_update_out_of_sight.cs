using ConcurrencySpecs.Exploration;

/// <summary>Accesses that no field or array instruction shows: through spans, iterators and references.</summary>
public sealed class A_lost_update_out_of_sight
{
    [Fact]
    public void through_the_elements_of_a_span_is_found() => Finds(() =>
    {
        int[] cells = [0];
        void Add()
        {
            Span<int> span = cells;
            span[0]++;
        }
        Task.WaitAll(Task.Run(Add), Task.Run(Add));
        Assert.Equal(2, cells[0]);
    });

    [Fact]
    public void through_a_slice_of_a_memory_is_found() => Finds(() =>
    {
        Memory<int> cells = new int[2];
        void Add() => cells.Span[1..][0]++;
        Task.WaitAll(Task.Run(Add), Task.Run(Add));
        Assert.Equal(2, cells.Span[1]);
    });

    [Fact]
    public void through_a_read_only_span_is_found() => Finds(() =>
    {
        int[] cells = [0];
        void Add()
        {
            ReadOnlySpan<int> seen = cells;
            cells[0] = seen[0] + 1;
        }
        Task.WaitAll(Task.Run(Add), Task.Run(Add));
        Assert.Equal(2, cells[0]);
    });

    [Fact]
    public void through_the_bulk_operations_of_a_span_is_found() => Finds(() =>
    {
        int[] cells = [0, 0];
        Task filling = Task.Run(() => cells.AsSpan().Fill(1));
        int[] copy = new int[2];
        cells.AsSpan().CopyTo(copy);
        filling.Wait();
        Assert.Equal(1, copy[0]);
    });

    [Fact]
    public void under_a_query_that_runs_late_is_found() => Finds(() =>
    {
        List<int> items = [1];
        IEnumerable<int> even = items.Where(item => item % 2 == 0);
        Task adding = Task.Run(() => items.Add(2));
        Assert.Single(even);
        adding.Wait();
    });

    [Fact]
    public void under_a_query_that_is_under_way_is_found() => Assert.Contains("Collection was modified", Failure(() =>
    {
        List<int> items = [1, 2];
        Task adding = Task.Run(() => items.Add(3));
        int sum = 0;
        foreach (int item in items.Select(item => item)) sum += item;
        adding.Wait();
    }), StringComparison.Ordinal);

    [Fact]
    public void of_a_thread_that_a_static_constructor_starts_is_refused_by_name()
    {
        for (int round = 0; round < 2; round++) Assert.Contains("A static constructor, or the initialiser of a static field, makes a thread", Failure(() =>
        {
            Ticking.Count++;
            Ticking.Ticker.Join();
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void by_recursing_without_end_is_told_and_leaves_the_process_usable()
    {
        Assert.Contains("InsufficientExecutionStackException", Failure(() => Deeper(new int[1])), StringComparison.Ordinal);
        Assert.Contains("InsufficientExecutionStackException", Failure(() => Task.Run(() => Deeper(new int[1])).Wait()), StringComparison.Ordinal);
        Assert.True(Explore.Every(() => { }).Exhausted);
    }

    [Fact]
    public void through_a_captured_semaphore_is_refused_with_a_way_out()
    {
        using var gate = new SemaphoreSlim(1);
        var refused = Assert.Throws<ExplorationRefusedException>(() => { Explore.Every(() => gate.Wait()); });
        Assert.Contains("gate", refused.Message, StringComparison.Ordinal);
        Assert.Contains("SemaphoreSlim", refused.Message, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(refused.Message);
    }

    private static int Deeper(int[] cells) => ++cells[0] + Deeper(cells) + cells[0];

    private static void Finds(Action body) => Assert.Contains("Assert.", Failure(body), StringComparison.Ordinal);

    private static string Failure(Action body) => Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString();

    private static class Ticking
    {
        public static readonly Thread Ticker = Start();
        private static int _count;

        public static int Count { get => _count; set => _count = value; }

        private static Thread Start()
        {
            var ticker = new Thread(() => _count++);
            ticker.Start();
            return ticker;
        }
    }
}
