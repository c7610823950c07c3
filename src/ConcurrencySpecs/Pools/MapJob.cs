using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Pools;

/// <summary>A map over a list, cut into chunks that are items of their own. Every item is tried, whatever becomes of the others.</summary>
internal sealed class MapJob<TItem, TResult>(
    IReadOnlyList<TItem> items, Func<TItem, TResult> work, IProgress<int>? progress, CancellationToken cancel, CancellationToken terminated)
{
    // I1  each place of _results and _errors is written by the chunk that it belongs to
    // I2  _left counts the items whose chunk has not ended; who brings it to 0 settles the map
    private readonly TaskCompletionSource<TResult[]> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TResult[] _results = new TResult[items.Count];
    private readonly Exception?[] _errors = new Exception?[items.Count];
    private int _left = items.Count;
    private Exception? _progressError;
    private bool _dropped;

    public Task<TResult[]> Outcome => _outcome.Task;

    /// <summary>The chunk size of Python's pools: about four chunks for each worker.</summary>
    public static int DefaultChunk(int count, int workers) => Math.Max(1, (int)(((long)count + 4L * workers - 1) / (4L * workers)));

    /// <summary>The items from <paramref name="start"/>, no more than <paramref name="count"/>, as one work item.</summary>
    public WorkItem Chunk(int start, int count, Permit permit) => new Part(this, start, Math.Min(count, items.Count - start), permit);

    /// <summary>Counts the items of chunks that could not be handed in.</summary>
    public void GiveUp(int from, Exception reason)
    {
        for (int i = from; i < items.Count; i++) _errors[i] = reason;
        Ended(items.Count - from);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the work throws is its item's.")]
    private void Run(int start, int count)
    {
        for (int i = start; i < start + count && !cancel.IsCancellationRequested; i++)
        {
            try
            {
                _results[i] = work(items[i]);
            }
            catch (Exception error)
            {
                _errors[i] = error;
            }
        }

        Ended(count);
    }

    // Settling the map is not the progress reporter's affair: what it throws is one more error.
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the reporter throws is the map's.")]
    private void Ended(int count)
    {
        int left = Interlocked.Add(ref _left, -count);      // full: the results of this chunk before the count, those of others before the outcome
        try
        {
            progress?.Report(items.Count - left);
        }
        catch (Exception error)
        {
            Volatile.Write(ref _progressError, error);
        }

        if (left == 0) Settle();
    }

    private void Settle()
    {
        Exception[] errors = [.. _errors.Append(Volatile.Read(ref _progressError)).OfType<Exception>()];
        if (Volatile.Read(ref _dropped)) _outcome.SetCanceled(terminated);
        else if (cancel.IsCancellationRequested) _outcome.SetCanceled(cancel);
        else if (errors.Length > 0) _outcome.SetException(errors);
        else _outcome.SetResult(_results);
    }

    private sealed class Part(MapJob<TItem, TResult> map, int start, int count, Permit permit) : WorkItem
    {
        internal override IEnumerable<object?> Lost => map.Items(start, count);

        protected override void Execute()
        {
            permit.Dispose();
            map.Run(start, count);
        }

        protected override void Dropped()
        {
            permit.Dispose();
            Volatile.Write(ref map._dropped, true);
            map.Ended(count);
        }
    }

    private IEnumerable<object?> Items(int start, int count) => Enumerable.Range(start, count).Select(i => (object?)items[i]);
}
