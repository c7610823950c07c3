using ConcurrencySpecs.Queues;

public sealed class A_blocking_queue_that_closes
{
    private readonly BlockingQueue<int> _queue = new(2);

    [Fact]
    public async Task drains_before_it_says_closed()
    {
        _queue.Put(1);
        _queue.Put(2);
        _queue.CompleteAdding();
        Assert.True(_queue.IsAddingCompleted);
        Assert.Equal(1, _queue.Get());
        Assert.Equal(2, await _queue.GetAsync());
        Assert.Throws<QueueClosedException>(() => _queue.Get());
        await Assert.ThrowsAsync<QueueClosedException>(async () => await _queue.GetAsync());
        Assert.Equal(GetResult.Closed, _queue.TryGet(out _, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task refuses_new_items_at_once()
    {
        _queue.CompleteAdding();
        Assert.Throws<QueueClosedException>(() => _queue.Put(1));
        await Assert.ThrowsAsync<QueueClosedException>(async () => await _queue.PutAsync(1));
        Assert.Equal(PutResult.Closed, _queue.TryPut(1, Timeout.InfiniteTimeSpan));
        Assert.Equal(PutResult.Closed, await _queue.TryPutAsync(1, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task releases_every_consumer_that_waits()
    {
        Running thread = Threads.Start(() => Assert.Throws<QueueClosedException>(() => _queue.Get())).Blocked();
        ValueTask<int> task = _queue.GetAsync();
        ValueTask<Got<int>> attempt = _queue.TryGetAsync(Timeout.InfiniteTimeSpan);
        _queue.CompleteAdding();
        thread.Join();
        await Assert.ThrowsAsync<QueueClosedException>(async () => await task);
        Assert.Equal(GetResult.Closed, (await attempt).Result);
    }

    [Fact]
    public async Task releases_every_producer_that_waits_and_keeps_their_items_out()
    {
        _queue.Put(1);
        _queue.Put(2);
        Running thread = Threads.Start(() => Assert.Throws<QueueClosedException>(() => _queue.Put(3))).Blocked();
        ValueTask task = _queue.PutAsync(4);
        _queue.CompleteAdding();
        thread.Join();
        await Assert.ThrowsAsync<QueueClosedException>(async () => await task);
        Assert.Equal([1, 2], [_queue.Get(), _queue.Get()]);
        Assert.Equal(GetResult.Closed, _queue.TryGet(out _));
    }

    [Fact]
    public async Task drops_what_is_inside_when_aborted_and_says_what_it_was()
    {
        _queue.Put(1);
        _queue.Put(2);
        ValueTask<PutResult> waiting = _queue.TryPutAsync(3, Timeout.InfiniteTimeSpan);
        Assert.Equal([1, 2], _queue.Abort());
        Assert.Equal(PutResult.Closed, await waiting);
        Assert.Equal(GetResult.Closed, _queue.TryGet(out _));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public async Task releases_every_consumer_when_aborted()
    {
        Running thread = Threads.Start(() => Assert.Equal(GetResult.Closed, _queue.TryGet(out _, Timeout.InfiniteTimeSpan))).Blocked();
        ValueTask<int> task = _queue.GetAsync();
        Assert.Empty(_queue.Abort());
        thread.Join();
        await Assert.ThrowsAsync<QueueClosedException>(async () => await task);
    }

    [Fact]
    public void may_be_closed_again_in_any_way()
    {
        _queue.Put(1);
        _queue.CompleteAdding();
        _queue.CompleteAdding();
        Assert.Equal([1], _queue.Abort());
        Assert.Empty(_queue.Abort());
        _queue.CompleteAdding();
        Assert.Equal(GetResult.Closed, _queue.TryGet(out _));
    }
}
