using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Pools;

/// <summary>A delegate with a task for its result: whatever happens, the task comes to its end.</summary>
internal abstract class Job<TResult>(object origin, Permit permit, CancellationToken cancel, CancellationToken terminated) : WorkItem
{
    private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Result => _result.Task;

    internal override IEnumerable<object?> Lost => [origin];

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the delegate throws is the task's.")]
    protected sealed override void Execute()
    {
        permit.Dispose();
        try
        {
            cancel.ThrowIfCancellationRequested();
            _result.SetResult(Call());
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == cancel && cancel.IsCancellationRequested)
        {
            _result.SetCanceled(cancel);
        }
        catch (Exception error)
        {
            _result.SetException(error);
        }
    }

    protected sealed override void Dropped()
    {
        permit.Dispose();
        _result.SetCanceled(terminated);
    }

    protected abstract TResult Call();
}

/// <summary>A function.</summary>
internal sealed class FunctionJob<TResult>(Func<TResult> work, Permit permit, CancellationToken cancel, CancellationToken terminated)
    : Job<TResult>(work, permit, cancel, terminated)
{
    protected override TResult Call() => work();
}

/// <summary>The root of a computation that forks.</summary>
internal sealed class RootJob<TResult>(ForkTask<TResult> root, Permit permit, CancellationToken cancel, CancellationToken terminated)
    : Job<TResult>(root, permit, cancel, terminated)
{
    protected override TResult Call() => root.ComputeNow();
}

/// <summary>One item of a stream: its error or its cancellation is its result.</summary>
internal sealed class StreamJob<TItem, TResult>(TItem item, long index, Func<TItem, TResult> work, CancellationToken cancel) : WorkItem
{
    private readonly TaskCompletionSource<TaskResult<TResult>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TaskResult<TResult>> Result => _result.Task;

    internal override IEnumerable<object?> Lost => [item];

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the work throws is the item's result.")]
    protected override void Execute()
    {
        try
        {
            cancel.ThrowIfCancellationRequested();
            _result.SetResult(new(index, work(item), null));
        }
        catch (Exception error)
        {
            _result.SetResult(new(index, default, error));
        }
    }

    protected override void Dropped() =>
        _result.SetResult(new(index, default, new OperationCanceledException("The pool was terminated before this item had begun.")));
}
