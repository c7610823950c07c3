using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Tasks in the order in which they complete: what WhenEach gives. It is enumerated once.</summary>
internal sealed class TasksInOrder<T> : IAsyncEnumerable<T>, IAsyncEnumerator<T> where T : Task
{
    // I1  _completed[0 .. _count) are those that have completed, in order; place n is kept by _places[n]
    private readonly Atom _order = new("Task.WhenEach");
    private readonly T[] _completed;
    private readonly TaskCompletionSource<bool>[] _places;
    private int _count, _next;
    private CancellationToken _token;

    public TasksInOrder(T[] tasks)
    {
        _completed = new T[tasks.Length];
        _places = [.. tasks.Select(_ => new TaskCompletionSource<bool>())];
        foreach (T task in tasks) Promises.OnCompleted(task, () => Complete(task));
    }

    public T Current => _completed[_next - 1];

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _token = cancellationToken;
        return this;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_next == _places.Length) return new(false);
        TaskCompletionSource<bool> place = _places[_next++];
        TaskStarts.Look(_token);
        if (_token.IsCancellationRequested) return ValueTask.FromCanceled<bool>(_token);
        if (!place.Task.IsCompleted) Promises.OnCancelled(_token, place.Task, () => place.TrySetCanceled(_token));
        return new(place.Task);
    }

    public ValueTask DisposeAsync() => default;

    private void Complete(T task)
    {
        Steps.Change(_order, StepKind.Signal);
        _order.Changed();
        int place = _count++;
        _completed[place] = task;
        TaskState.Change(_places[place].Task, StepKind.Signal);
        _places[place].TrySetResult(true);
    }
}
