using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskExtensions"/>.</summary>
[CallsOf(typeof(TaskExtensions)), EditorBrowsable(EditorBrowsableState.Never)]
public static class TaskExtensionsCalls
{
    public static Task Unwrap(Task<Task> task)
    {
        if (!Steps.Exploring || task is null) return TaskExtensions.Unwrap(task!);
        var promise = new TaskCompletionSource();
        Promises.OnCompleted(task, () =>
        {
            if (Inner(task) is { } inner) Promises.OnCompleted(inner, () => Promises.Settle(promise, inner));
            else Promises.Settle(promise, TaskExtensions.Unwrap(task));
        });
        return promise.Task;
    }

    public static Task<TResult> Unwrap<TResult>(Task<Task<TResult>> task)
    {
        if (!Steps.Exploring || task is null) return TaskExtensions.Unwrap(task!);
        var promise = new TaskCompletionSource<TResult>();
        Promises.OnCompleted(task, () =>
        {
            if (Inner(task) is { } inner) Promises.OnCompleted(inner, () => Promises.Settle(promise, inner));
            else Promises.Settle(promise, TaskExtensions.Unwrap(task));
        });
        return promise.Task;
    }

    private static T? Inner<T>(Task<T> completed) where T : Task => completed.IsCompletedSuccessfully ? completed.Result : null;
}
