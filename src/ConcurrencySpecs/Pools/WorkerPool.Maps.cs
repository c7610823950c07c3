namespace ConcurrencySpecs.Pools;

public sealed partial class WorkerPool
{
    private const int StreamedPerWorker = 4;

    /// <summary>Runs a function on each item, chunk by chunk, and gives the results in the order of the items.</summary>
    /// <remarks>An item that throws never stops another: all are run, then the task fails with the errors in the order of the items. A pool that is
    /// drained meanwhile runs all of them.</remarks>
    /// <param name="items">The items; not to be changed meanwhile.</param>
    /// <param name="work">What to run on each.</param>
    /// <param name="chunkSize">How many items are handed in as one; null: about four chunks for each worker, as in Python.</param>
    /// <param name="progress">Told after each chunk how many items have ended, by the worker that ended it. What it throws
    /// is one more error of the map.</param>
    /// <param name="cancel">Skips the items that have not begun.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The pool is drained or terminated, and the caller is none of its items.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the pool was terminated, before all items had begun.</exception>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, Func<TItem, TResult> work, int? chunkSize = null, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(work);
        int chunk = chunkSize ?? MapJob<TItem, TResult>.DefaultChunk(items.Count, Workers);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunk, 1, nameof(chunkSize));
        if (items.Count == 0) return Task.FromResult<TResult[]>([]);
        return HandIn(new MapJob<TItem, TResult>(items, work, progress, cancel, Stopping), items.Count, chunk, cancel).Unwrap();
    }

    /// <summary>The results in the order of the items; each error at its own place, and the stream goes on.</summary>
    /// <remarks>Items are read only as fast as results are taken: four for each worker are under way. Leaving the stream early waits for those.</remarks>
    /// <param name="items">The items, read by whoever reads the stream.</param>
    /// <param name="work">What to run on each.</param>
    /// <param name="cancel">Ends the stream; items that have not begun are skipped.</param>
    public IAsyncEnumerable<TaskResult<TResult>> MapOrdered<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(work);
        return ResultStreams.Ordered<TItem, TResult>(items, (item, index, token) => Streamed(item, index, work, token), StreamedPerWorker * Workers, cancel);
    }

    /// <summary>The results as they come; each error as the result of its item, and the stream goes on.</summary>
    /// <inheritdoc cref="MapOrdered{TItem, TResult}(IEnumerable{TItem}, Func{TItem, TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TaskResult<TResult>> MapUnordered<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(work);
        return ResultStreams.Unordered<TItem, TResult>(items, (item, index, token) => Streamed(item, index, work, token), StreamedPerWorker * Workers, cancel);
    }

    // A map is one item to its caller: a close comes before all of its chunks or after them. Once one has been handed in, the map's own task tells
    // what becomes of the rest.
    private async Task<Task<TResult[]>> HandIn<TItem, TResult>(MapJob<TItem, TResult> map, int count, int chunk, CancellationToken cancel)
    {
        bool comesFromOutside = Worker.Mine?.Crew != _crew;
        if (comesFromOutside && !_crew.TryHoldOpen()) throw Closed();
        int start = 0;
        try
        {
            for (; start < count; start += Math.Min(chunk, count - start))
            {
                Permit permit = await AdmitAsync(cancel).ConfigureAwait(false);
                TryPost(map.Chunk(start, chunk, permit), isHeldOpen: true);
            }
        }
        catch (OperationCanceledException reason) when (start > 0)
        {
            map.GiveUp(start, reason);
        }
        finally
        {
            if (comesFromOutside) _crew.LetGo();
        }

        return map.Outcome;
    }

    private Task<TaskResult<TResult>> Streamed<TItem, TResult>(TItem item, long index, Func<TItem, TResult> work, CancellationToken cancel)
    {
        var job = new StreamJob<TItem, TResult>(item, index, work, cancel);
        Post(job);
        return job.Result;
    }
}
