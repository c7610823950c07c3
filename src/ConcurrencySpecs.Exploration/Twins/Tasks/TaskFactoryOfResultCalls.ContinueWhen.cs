using static ConcurrencySpecs.Exploration.Twins.Continuations;

namespace ConcurrencySpecs.Exploration.Twins;

// ContinueWhenAll and ContinueWhenAny: a continuation of the combined task, which never fails.
public static partial class TaskFactoryOfResultCalls
{
    public static Task<T> ContinueWhenAll<T>(TaskFactory<T> self, Task[] tasks, Func<Task[], T> then) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> ContinueWhenAll<T>(TaskFactory<T> self, Task[] tasks, Func<Task[], T> then, CancellationToken token) =>
        ContinueWhenAll(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> ContinueWhenAll<T>(TaskFactory<T> self, Task[] tasks, Func<Task[], T> then, TaskContinuationOptions options) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<T> ContinueWhenAll<T>(
        TaskFactory<T> self, Task[] tasks, Func<Task[], T> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAll(tasks, then, token, options, scheduler);
        return Then(Promises.All(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<T> ContinueWhenAll<T, A>(TaskFactory<T> self, Task<A>[] tasks, Func<Task<A>[], T> then) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> ContinueWhenAll<T, A>(TaskFactory<T> self, Task<A>[] tasks, Func<Task<A>[], T> then, CancellationToken token) =>
        ContinueWhenAll(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> ContinueWhenAll<T, A>(TaskFactory<T> self, Task<A>[] tasks, Func<Task<A>[], T> then, TaskContinuationOptions options) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<T> ContinueWhenAll<T, A>(
        TaskFactory<T> self, Task<A>[] tasks, Func<Task<A>[], T> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAll(tasks, then, token, options, scheduler);
        return Then(Promises.All(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<T> ContinueWhenAny<T>(TaskFactory<T> self, Task[] tasks, Func<Task, T> then) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> ContinueWhenAny<T>(TaskFactory<T> self, Task[] tasks, Func<Task, T> then, CancellationToken token) =>
        ContinueWhenAny(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> ContinueWhenAny<T>(TaskFactory<T> self, Task[] tasks, Func<Task, T> then, TaskContinuationOptions options) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<T> ContinueWhenAny<T>(
        TaskFactory<T> self, Task[] tasks, Func<Task, T> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAny(tasks, then, token, options, scheduler);
        return Then(Promises.First(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<T> ContinueWhenAny<T, A>(TaskFactory<T> self, Task<A>[] tasks, Func<Task<A>, T> then) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> ContinueWhenAny<T, A>(TaskFactory<T> self, Task<A>[] tasks, Func<Task<A>, T> then, CancellationToken token) =>
        ContinueWhenAny(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<T> ContinueWhenAny<T, A>(TaskFactory<T> self, Task<A>[] tasks, Func<Task<A>, T> then, TaskContinuationOptions options) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<T> ContinueWhenAny<T, A>(
        TaskFactory<T> self, Task<A>[] tasks, Func<Task<A>, T> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAny(tasks, then, token, options, scheduler);
        return Then(Promises.First(tasks), done => then(done.Result), token, options, scheduler);
    }

    // What the runtime refuses, it refuses itself.
    private static bool Controls(Task[] tasks, object then) => Steps.Exploring && then is not null && tasks is { Length: > 0 } && !tasks.Contains(null);
}
