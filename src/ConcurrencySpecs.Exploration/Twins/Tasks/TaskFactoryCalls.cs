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
    public static Task StartNew(TaskFactory self, Action action, CancellationToken token) =>
        StartNew(self, action, token, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task StartNew(TaskFactory self, Action action, TaskCreationOptions options) =>
        StartNew(self, action, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task StartNew(
        TaskFactory self, Action action, CancellationToken token, TaskCreationOptions options, TaskScheduler scheduler)
    {
        if (!Steps.Starting || action is null || scheduler is null) return self.StartNew(action!, token, options, scheduler!);
        Look(token);
        return Started(new Task(Ending(action), token, options), token, scheduler);
    }

    public static Task StartNew(TaskFactory self, Action<object?> action, object? state) =>
        StartNew(self, action, state, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task StartNew(TaskFactory self, Action<object?> action, object? state, CancellationToken token) =>
        StartNew(self, action, state, token, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task StartNew(TaskFactory self, Action<object?> action, object? state, TaskCreationOptions options) =>
        StartNew(self, action, state, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task StartNew(
        TaskFactory self, Action<object?> action, object? state, CancellationToken token, TaskCreationOptions options, TaskScheduler scheduler)
    {
        if (!Steps.Starting || action is null || scheduler is null) return self.StartNew(action!, state, token, options, scheduler!);
        Look(token);
        return Started(new Task(Ending(action), state, token, options), token, scheduler);
    }

    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<TResult> function) =>
        StartNew(self, function, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<TResult> function, CancellationToken token) =>
        StartNew(self, function, token, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<TResult> function, TaskCreationOptions options) =>
        StartNew(self, function, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> StartNew<TResult>(
        TaskFactory self, Func<TResult> function, CancellationToken token, TaskCreationOptions options, TaskScheduler scheduler)
    {
        if (!Steps.Starting || function is null || scheduler is null) return self.StartNew(function!, token, options, scheduler!);
        Look(token);
        return Started(new Task<TResult>(EndingWith(function), token, options), token, scheduler);
    }

    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<object?, TResult> function, object? state) =>
        StartNew(self, function, state, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<object?, TResult> function, object? state, CancellationToken token) =>
        StartNew(self, function, state, token, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> StartNew<TResult>(TaskFactory self, Func<object?, TResult> function, object? state, TaskCreationOptions options) =>
        StartNew(self, function, state, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> StartNew<TResult>(
        TaskFactory self, Func<object?, TResult> function, object? state, CancellationToken token, TaskCreationOptions options, TaskScheduler scheduler)
    {
        if (!Steps.Starting || function is null || scheduler is null) return self.StartNew(function!, state, token, options, scheduler!);
        Look(token);
        return Started(new Task<TResult>(EndingWith(function), state, token, options), token, scheduler);
    }
}
