using System.Runtime.CompilerServices;
using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Pools;

/// <summary>Turns a source into a stream of results, with a bounded number of items under way.</summary>
/// <remarks>
/// The source is read only as fast as results are taken. No work outlives the stream: whoever leaves it early, or cancels it, waits for the items under
/// way, of which those that have not begun end at once because their token is cancelled.
/// </remarks>
internal static class ResultStreams
{
    /// <summary>Starts the work on one item; the task always comes to its end with a result, errors and cancellations included.</summary>
    public delegate Task<TaskResult<TResult>> Start<TItem, TResult>(TItem item, long index, CancellationToken cancel);

    /// <summary>The results in the order of the source.</summary>
    public static async IAsyncEnumerable<TaskResult<TResult>> Ordered<TItem, TResult>(
        IEnumerable<TItem> source, Start<TItem, TResult> start, int window, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var underWay = new Queue<Task<TaskResult<TResult>>>();
        try
        {
            long index = 0;
            foreach (TItem item in source)
            {
                if (underWay.Count == window) yield return Unless(await underWay.Dequeue().ConfigureAwait(false), cancel);
                underWay.Enqueue(start(item, index++, stop.Token));
            }

            while (underWay.TryDequeue(out Task<TaskResult<TResult>>? oldest)) yield return Unless(await oldest.ConfigureAwait(false), cancel);
        }
        finally
        {
            stop.Cancel();
            await Task.WhenAll(underWay).ConfigureAwait(false);
        }
    }

    /// <summary>The results as they come.</summary>
    public static async IAsyncEnumerable<TaskResult<TResult>> Unordered<TItem, TResult>(
        IEnumerable<TItem> source, Start<TItem, TResult> start, int window, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var finished = new BlockingQueue<TaskResult<TResult>>(window);
        int underWay = 0;
        try
        {
            long index = 0;
            foreach (TItem item in source)
            {
                if (underWay == window)
                {
                    TaskResult<TResult> result = await finished.GetAsync(CancellationToken.None).ConfigureAwait(false);
                    underWay--;
                    yield return Unless(result, cancel);
                }

                Task<TaskResult<TResult>> work = start(item, index++, stop.Token);
                underWay++;
                _ = Finish(work, finished);
            }

            while (underWay > 0)
            {
                TaskResult<TResult> result = await finished.GetAsync(CancellationToken.None).ConfigureAwait(false);
                underWay--;
                yield return Unless(result, cancel);
            }
        }
        finally
        {
            stop.Cancel();
            for (; underWay > 0; underWay--) await finished.GetAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>All values, or a task that failed with all errors, in the order of the stream.</summary>
    public static Task<TResult[]> ToArray<TResult>(IAsyncEnumerable<TaskResult<TResult>> stream)
    {
        return Collect().Unwrap();

        async Task<Task<TResult[]>> Collect()
        {
            var values = new List<TResult>();
            var errors = new List<Exception>();
            await foreach (TaskResult<TResult> result in stream.ConfigureAwait(false))
            {
                if (result.IsSuccess) values.Add(result.Value!);
                else errors.Add(result.Error);
            }

            return Outcome<TResult[]>([.. values], errors);
        }
    }

    /// <summary>A completed task: the value, or all errors where there are any.</summary>
    public static Task<T> Outcome<T>(T value, IReadOnlyCollection<Exception> errors)
    {
        var outcome = new TaskCompletionSource<T>();
        if (errors.Count == 0) outcome.SetResult(value);
        else outcome.SetException(errors);
        return outcome.Task;
    }

    // There is room: no more than fit are under way.
    private static async Task Finish<TResult>(Task<TaskResult<TResult>> work, BlockingQueue<TaskResult<TResult>> finished) =>
        finished.TryPut(await work.ConfigureAwait(false));

    private static TaskResult<TResult> Unless<TResult>(TaskResult<TResult> result, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return result;
    }
}
