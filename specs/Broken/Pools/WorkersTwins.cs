using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Contracts.Pools;

namespace ConcurrencySpecs.Broken.Pools;

/// <summary>Two workers behind one queue, correct as it stands; each twin overrides one step.</summary>
internal class WorkersTwin : IWorkers
{
    private const int Workers = 2, Chunk = 2;

    private readonly Queue<Action> _items = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _alive = Workers;
    private bool _closed;

    public WorkersTwin()
    {
        for (int i = 0; i < Workers; i++) new Thread(Work) { IsBackground = true, Name = $"worker {i + 1}" }.Start();
    }

    public Task<int> Run(Func<int> work)
    {
        var result = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool taken = TryAdd(() => Settle(result, work));
        return taken ? result.Task : Task.FromException<int>(new ObjectDisposedException("workers"));
    }

    public Task<string[]> Map(int[] items, Func<int, string> work)
    {
        var map = new TaskCompletionSource<string[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] results = new string[items.Length];
        Exception?[] errors = new Exception?[items.Length];
        int left = items.Length;
        if (left == 0) return Task.FromResult(results);
        bool taken = TryAdd([.. Enumerable.Range(0, (items.Length + Chunk - 1) / Chunk).Select(chunk => (Action)(() =>
        {
            int start = chunk * Chunk, end = Math.Min(items.Length, start + Chunk);
            RunChunk(start, end, i => results[i] = work(items[i]), errors);
            if (Interlocked.Add(ref left, start - end) > 0) return;
            if (errors.All(error => error is null)) map.SetResult(results);
            else map.SetException(errors.OfType<Exception>());
        }))]);
        return taken ? map.Task : Task.FromException<string[]>(new ObjectDisposedException("workers"));
    }

    public Task Close()
    {
        lock (_items)
        {
            _closed = true;
            Monitor.PulseAll(_items);
        }

        return _ended.Task;
    }

    /// <summary>Whether a worker goes home.</summary>
    protected virtual bool IsOver(bool closed, int left) => closed && left == 0;

    protected virtual void RunChunk(int start, int end, Action<int> one, Exception?[] errors)
    {
        for (int i = start; i < end; i++)
        {
            try { one(i); }
            catch (FormatException error) { errors[i] = error; }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the work throws is the task's.")]
    protected virtual void Settle(TaskCompletionSource<int> result, Func<int> work)
    {
        try { result.SetResult(work()); }
        catch (Exception error) { result.SetException(error); }
    }

    protected virtual void Serve(Action item) => item();

    /// <summary>Takes the chunks of one call, or none of them.</summary>
    protected virtual bool TryAdd(params Action[] items)
    {
        lock (_items)
        {
            if (_closed) return false;
            foreach (Action item in items) _items.Enqueue(item);
            Monitor.PulseAll(_items);
            return true;
        }
    }

    private void Work()
    {
        try
        {
            while (TryNext(out Action? item)) Serve(item);
        }
        catch (FormatException)
        {
            return;     // a thread that ends by an exception, without its process
        }

        if (Interlocked.Decrement(ref _alive) == 0) _ended.SetResult();
    }

    private bool TryNext([NotNullWhen(true)] out Action? item)
    {
        lock (_items)
        {
            while (true)
            {
                item = null;
                if (IsOver(_closed, _items.Count)) return false;
                if (_items.TryDequeue(out item)) return true;
                Monitor.Wait(_items);
            }
        }
    }
}

[Broken("has workers that die with an item that throws: nobody answers for it", "Interleavings")]
public sealed class WorkersDieWithAnItem : WorkersContract
{
    protected override IEnumerable<Testing.Operation<IWorkers, bool>> Operations => [Run];

    protected override IWorkers NewSubject() => new Twin();

    private sealed class Twin : WorkersTwin
    {
        protected override void Settle(TaskCompletionSource<int> result, Func<int> work) => result.SetResult(work());
    }
}

[Broken("goes home when it is closed, and leaves what was handed in", "Interleavings")]
public sealed class WorkersLeaveWorkAtTheClose : WorkersContract
{
    protected override IWorkers NewSubject() => new Twin();

    private sealed class Twin : WorkersTwin
    {
        protected override bool IsOver(bool closed, int left) => closed;
    }
}

[Broken("gives up a chunk at its first error: the rest of it is never tried", "Sequential")]
public sealed class WorkersLoseAChunkOnError : WorkersContract
{
    protected override IWorkers NewSubject() => new Twin();

    private sealed class Twin : WorkersTwin
    {
        protected override void RunChunk(int start, int end, Action<int> one, Exception?[] errors)
        {
            int reached = start;
            try
            {
                for (; reached < end; reached++) one(reached);
            }
            catch (FormatException error)
            {
                errors[reached] = error;
            }
        }
    }
}

[Broken("hands a map in chunk by chunk: a close in between leaves the rest untried", "Interleavings")]
public sealed class WorkersTakeHalfAMap : WorkersContract
{
    protected override int Threads => 2;

    protected override IEnumerable<Testing.Operation<IWorkers, bool>> Operations => [Map, Close];

    protected override IWorkers NewSubject() => new Twin();

    private sealed class Twin : WorkersTwin
    {
        protected override bool TryAdd(params Action[] items) => items.Aggregate(false, (taken, item) => base.TryAdd(item) || taken);
    }
}
