using System.Collections.Concurrent;
using ConcurrencySpecs.Pools;

public sealed class A_worker_pools_maps
{
    private static readonly int[] _items = [.. Enumerable.Range(0, 100)];

    [Theory, InlineData(null), InlineData(1), InlineData(7), InlineData(1000)]
    public async Task give_results_in_the_order_of_the_items(int? chunkSize)
    {
        await using var pool = new WorkerPool(new() { Workers = 2 });
        Assert.Equal(_items.Select(item => item * 2), await pool.MapAsync(_items, item => item * 2, chunkSize));
        Assert.Empty(await pool.MapAsync(Array.Empty<int>(), item => item, chunkSize));
    }

    // Python: divmod(len(items), 4 * processes), one more if there is a rest
    [Theory, InlineData(1, 4, 1), InlineData(16, 4, 1), InlineData(17, 4, 2), InlineData(100, 2, 13), InlineData(int.MaxValue, 1, 536870912)]
    public void cut_chunks_as_python_does(int items, int workers, int chunk) => Assert.Equal(chunk, MapJob<int, int>.DefaultChunk(items, workers));

    [Fact]
    public async Task try_every_item_although_some_throw()
    {
        await using var pool = new WorkerPool(new() { Workers = 2 });
        var tried = new ConcurrentBag<int>();
        Task<int[]> map = pool.MapAsync(_items, item =>
        {
            tried.Add(item);
            return item % 30 == 10 ? throw new FormatException($"{item}") : item;
        });
        Assert.Equal("10", (await Assert.ThrowsAsync<FormatException>(() => map)).Message);
        Assert.Equal(["10", "40", "70"], map.Exception!.InnerExceptions.Select(error => error.Message));
        Assert.Equal(_items, tried.Order());
    }

    [Fact]
    public async Task report_progress_up_to_the_last_item()
    {
        await using var pool = new WorkerPool(new() { Workers = 2 });
        var progress = new Progress();
        await pool.MapAsync(_items, item => item, chunkSize: 30, progress);
        Assert.Equal(4, progress.Reports.Count);
        Assert.Equal(100, progress.Reports.Max());
        Assert.Equal(4, progress.Reports.Distinct().Count());
    }

    [Fact]
    public async Task name_the_error_of_a_reporter_and_lose_no_worker_by_it()
    {
        await using var pool = new WorkerPool(new() { Workers = 1 });
        await Assert.ThrowsAsync<TimeoutException>(() => pool.MapAsync(_items, item => item, progress: new Throwing()));
        Assert.Equal(1, await pool.RunAsync(() => 1));
    }

    [Fact]
    public async Task skip_what_has_not_begun_when_they_are_cancelled()
    {
        await using var pool = new WorkerPool(new() { Workers = 1 });
        using var cancel = new CancellationTokenSource();
        int ran = 0;
        Task<int[]> map = pool.MapAsync(_items, item =>
        {
            if (++ran == 5) cancel.Cancel();
            return item;
        }, cancel: cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map);
        Assert.Equal(5, ran);
    }

    [Fact]
    public async Task wait_for_room_where_what_is_pending_is_bounded()
    {
        await using var pool = new WorkerPool(new() { Workers = 2, MaxPending = 1 });
        Assert.Equal(_items, await pool.MapAsync(_items, item => item, chunkSize: 3));
    }

    [Fact]
    public async Task stream_results_in_order_with_each_error_at_its_own_place()
    {
        await using var pool = new WorkerPool(new() { Workers = 2 });
        var seen = new List<TaskResult<int>>();
        await foreach (TaskResult<int> result in pool.MapOrdered(_items, FailsAtTen)) seen.Add(result);
        Assert.Equal(_items.Select(item => (long)item), seen.Select(result => result.Index));
        Assert.Equal(10, Assert.Single(seen, result => !result.IsSuccess).Index);
        Assert.Throws<FormatException>(() => seen[10].GetOrThrow());
        Assert.Equal(11, seen[11].GetOrThrow());
    }

    [Fact]
    public async Task stream_results_as_they_come_with_nothing_lost()
    {
        await using var pool = new WorkerPool(new() { Workers = 2 });
        var seen = new List<TaskResult<int>>();
        await foreach (TaskResult<int> result in pool.MapUnordered(_items, FailsAtTen)) seen.Add(result);
        Assert.Equal(_items.Select(item => (long)item), seen.Select(result => result.Index).Order());
        Assert.Equal(10, Assert.Single(seen, result => !result.IsSuccess).Index);
    }

    [Fact]
    public async Task read_their_source_only_as_fast_as_results_are_taken()
    {
        await using var pool = new WorkerPool(new() { Workers = 1 });
        int read = 0, taken = 0;
        await foreach (TaskResult<int> result in pool.MapUnordered(Enumerable.Range(0, 1000).Select(item => { read++; return item; }), item => item))
        {
            Assert.InRange(read, 0, taken + 5);
            if (++taken == 50) break;
        }
    }

    [Fact]
    public async Task end_a_stream_with_errors_for_what_a_termination_dropped()
    {
        var pool = new WorkerPool(new() { Workers = 1 });
        using var began = new ManualResetEventSlim();
        IAsyncEnumerator<TaskResult<int>> stream = pool.MapOrdered(Enumerable.Range(0, 3), item =>
        {
            began.Set();
            pool.Stopping.WaitHandle.WaitOne();
            return item;
        }).GetAsyncEnumerator();
        ValueTask<bool> first = stream.MoveNextAsync();
        began.Wait(CancellationToken.None);
        TerminationReport report = await pool.TerminateAsync();
        Assert.Equal([1, 2], report.Lost.OfType<int>().Order());
        Assert.True(await first && stream.Current.IsSuccess);
        Assert.True(await stream.MoveNextAsync());
        Assert.IsType<OperationCanceledException>(stream.Current.Error);
        await stream.DisposeAsync();
    }

    private static int FailsAtTen(int item) => item == 10 ? throw new FormatException("ten") : item;

    private sealed class Progress : IProgress<int>
    {
        public ConcurrentBag<int> Reports { get; } = [];

        public void Report(int value) => Reports.Add(value);
    }

    private sealed class Throwing : IProgress<int>
    {
        public void Report(int value) => throw new TimeoutException("reporter");
    }
}
