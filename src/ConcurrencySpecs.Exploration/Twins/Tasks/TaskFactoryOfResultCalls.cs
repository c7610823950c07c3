using System.ComponentModel;
using static ConcurrencySpecs.Exploration.Twins.TaskStarts;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskFactory{TResult}"/>. FromAsync is refused: nothing controls who completes it.</summary>
[CallsOf(typeof(TaskFactory<>)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_CancellationToken", "get_Scheduler", "get_CreationOptions", "get_ContinuationOptions", ".ctor")]
public static partial class TaskFactoryOfResultCalls
{
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> self, Func<TResult> function) =>
        StartNew(self, function, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> self, Func<TResult> function, CancellationToken cancellationToken) =>
        StartNew(self, function, cancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> self, Func<TResult> function, TaskCreationOptions creationOptions) =>
        StartNew(self, function, self.CancellationToken, creationOptions, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> StartNew<TResult>(
        TaskFactory<TResult> self, Func<TResult> function, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler)
    {
        if (!Steps.Exploring || function is null || scheduler is null) return self.StartNew(function!, cancellationToken, creationOptions, scheduler!);
        Look(cancellationToken);
        return Started(new Task<TResult>(EndingWith(function), cancellationToken, creationOptions), cancellationToken, scheduler);
    }

    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> self, Func<object?, TResult> function, object? state) =>
        StartNew(self, function, state, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> self, Func<object?, TResult> function, object? state, CancellationToken cancellationToken) =>
        StartNew(self, function, state, cancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> self, Func<object?, TResult> function, object? state, TaskCreationOptions creationOptions) =>
        StartNew(self, function, state, self.CancellationToken, creationOptions, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> StartNew<TResult>(
        TaskFactory<TResult> self, Func<object?, TResult> function, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler)
    {
        if (!Steps.Exploring || function is null || scheduler is null) return self.StartNew(function!, state, cancellationToken, creationOptions, scheduler!);
        Look(cancellationToken);
        return Started(new Task<TResult>(EndingWith(function), state, cancellationToken, creationOptions), cancellationToken, scheduler);
    }
}
