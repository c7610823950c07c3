using System.ComponentModel;
using static ConcurrencySpecs.Exploration.Twins.TaskStarts;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskFactory{TResult}"/>. FromAsync is refused: nothing controls who completes it.</summary>
[CallsOf(typeof(TaskFactory<>)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_CancellationToken", "get_Scheduler", "get_CreationOptions", "get_ContinuationOptions", ".ctor")]
public static partial class TaskFactoryOfResultCalls
{
    public static Task<T> StartNew<T>(TaskFactory<T> self, Func<T> function) =>
        StartNew(self, function, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> StartNew<T>(TaskFactory<T> self, Func<T> function, CancellationToken token) =>
        StartNew(self, function, token, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> StartNew<T>(TaskFactory<T> self, Func<T> function, TaskCreationOptions options) =>
        StartNew(self, function, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<T> StartNew<T>(
        TaskFactory<T> self, Func<T> function, CancellationToken token, TaskCreationOptions options, TaskScheduler scheduler)
    {
        if (!Steps.Starting || function is null || scheduler is null) return self.StartNew(function!, token, options, scheduler!);
        Look(token);
        return Started(new Task<T>(EndingWith(function), token, options), token, scheduler);
    }

    public static Task<T> StartNew<T>(TaskFactory<T> self, Func<object?, T> function, object? state) =>
        StartNew(self, function, state, self.CancellationToken, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> StartNew<T>(TaskFactory<T> self, Func<object?, T> function, object? state, CancellationToken token) =>
        StartNew(self, function, state, token, self.CreationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> StartNew<T>(TaskFactory<T> self, Func<object?, T> function, object? state, TaskCreationOptions options) =>
        StartNew(self, function, state, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<T> StartNew<T>(
        TaskFactory<T> self, Func<object?, T> function, object? state, CancellationToken token, TaskCreationOptions options, TaskScheduler scheduler)
    {
        if (!Steps.Starting || function is null || scheduler is null) return self.StartNew(function!, state, token, options, scheduler!);
        Look(token);
        return Started(new Task<T>(EndingWith(function), state, token, options), token, scheduler);
    }
}
