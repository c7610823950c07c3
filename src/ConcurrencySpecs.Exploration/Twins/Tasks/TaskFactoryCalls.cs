using System.ComponentModel;
using static ConcurrencySpecs.Exploration.Twins.TaskStarts;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskFactory"/>. FromAsync is refused: nothing controls who completes it.</summary>
[CallsOf(typeof(TaskFactory)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_CancellationToken", "get_Scheduler", "get_CreationOptions", "get_ContinuationOptions", ".ctor")]
public static partial class TaskFactoryCalls
{
    public static Task StartNew(TaskFactory self, Action action) =>
        StartNew(self, action, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task StartNew(TaskFactory self, Action action, CancellationToken cancellationToken) =>
        StartNew(self, action, cancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task StartNew(TaskFactory self, Action action, TaskCreationOptions creationOptions) =>
        StartNew(self, action, self.CancellationToken, creationOptions, self.Scheduler ?? TaskScheduler.Current);

    public static Task StartNew(
        TaskFactory self, Action action, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler)
    {
        if (!Steps.Exploring || action is null || scheduler is null) return self.StartNew(action!, cancellationToken, creationOptions, scheduler!);
        Look(cancellationToken);
        return Started(new Task(Ending(action), cancellationToken, creationOptions), cancellationToken, scheduler);
    }

    public static Task StartNew(TaskFactory self, Action<object?> action, object? state) =>
        StartNew(self, action, state, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task StartNew(TaskFactory self, Action<object?> action, object? state, CancellationToken cancellationToken) =>
        StartNew(self, action, state, cancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task StartNew(TaskFactory self, Action<object?> action, object? state, TaskCreationOptions creationOptions) =>
        StartNew(self, action, state, self.CancellationToken, creationOptions, self.Scheduler ?? TaskScheduler.Current);

    public static Task StartNew(
        TaskFactory self, Action<object?> action, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler)
    {
        if (!Steps.Exploring || action is null || scheduler is null) return self.StartNew(action!, state, cancellationToken, creationOptions, scheduler!);
        Look(cancellationToken);
        return Started(new Task(Ending(action), state, cancellationToken, creationOptions), cancellationToken, scheduler);
    }

    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<TResult> function) =>
        StartNew(self, function, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<TResult> function, CancellationToken cancellationToken) =>
        StartNew(self, function, cancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<TResult> function, TaskCreationOptions creationOptions) =>
        StartNew(self, function, self.CancellationToken, creationOptions, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> StartNew<TResult>(
        TaskFactory self, Func<TResult> function, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler)
    {
        if (!Steps.Exploring || function is null || scheduler is null) return self.StartNew(function!, cancellationToken, creationOptions, scheduler!);
        Look(cancellationToken);
        return Started(new Task<TResult>(EndingWith(function), cancellationToken, creationOptions), cancellationToken, scheduler);
    }

    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<object?, TResult> function, object? state) =>
        StartNew(self, function, state, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<object?, TResult> function, object? state, CancellationToken cancellationToken) =>
        StartNew(self, function, state, cancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<object?, TResult> function, object? state, TaskCreationOptions creationOptions) =>
        StartNew(self, function, state, self.CancellationToken, creationOptions, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> StartNew<TResult>(
        TaskFactory self, Func<object?, TResult> function, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler)
    {
        if (!Steps.Exploring || function is null || scheduler is null) return self.StartNew(function!, state, cancellationToken, creationOptions, scheduler!);
        Look(cancellationToken);
        return Started(new Task<TResult>(EndingWith(function), state, cancellationToken, creationOptions), cancellationToken, scheduler);
    }
}
