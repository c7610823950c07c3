using static ConcurrencySpecs.Exploration.Twins.Continuations;

namespace ConcurrencySpecs.Exploration.Twins;

// ContinueWhenAll and ContinueWhenAny: a continuation of the combined task, which never fails.
public static partial class TaskFactoryOfResultCalls
{
    public static Task<TResult> ContinueWhenAll<TResult>(TaskFactory<TResult> self, Task[] tasks, Func<Task[], TResult> then) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAll<TResult>(TaskFactory<TResult> self, Task[] tasks, Func<Task[], TResult> then, CancellationToken token) =>
        ContinueWhenAll(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAll<TResult>(TaskFactory<TResult> self, Task[] tasks, Func<Task[], TResult> then, TaskContinuationOptions options) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> ContinueWhenAll<TResult>(
        TaskFactory<TResult> self, Task[] tasks, Func<Task[], TResult> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAll(tasks, then, token, options, scheduler);
        return Then(Promises.All(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<TResult> ContinueWhenAll<TResult, A>(TaskFactory<TResult> self, Task<A>[] tasks, Func<Task<A>[], TResult> then) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAll<TResult, A>(TaskFactory<TResult> self, Task<A>[] tasks, Func<Task<A>[], TResult> then, CancellationToken token) =>
        ContinueWhenAll(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAll<TResult, A>(TaskFactory<TResult> self, Task<A>[] tasks, Func<Task<A>[], TResult> then, TaskContinuationOptions options) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> ContinueWhenAll<TResult, A>(
        TaskFactory<TResult> self, Task<A>[] tasks, Func<Task<A>[], TResult> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAll(tasks, then, token, options, scheduler);
        return Then(Promises.All(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<TResult> ContinueWhenAny<TResult>(TaskFactory<TResult> self, Task[] tasks, Func<Task, TResult> then) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAny<TResult>(TaskFactory<TResult> self, Task[] tasks, Func<Task, TResult> then, CancellationToken token) =>
        ContinueWhenAny(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAny<TResult>(TaskFactory<TResult> self, Task[] tasks, Func<Task, TResult> then, TaskContinuationOptions options) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> ContinueWhenAny<TResult>(
        TaskFactory<TResult> self, Task[] tasks, Func<Task, TResult> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAny(tasks, then, token, options, scheduler);
        return Then(Promises.First(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<TResult> ContinueWhenAny<TResult, A>(TaskFactory<TResult> self, Task<A>[] tasks, Func<Task<A>, TResult> then) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAny<TResult, A>(TaskFactory<TResult> self, Task<A>[] tasks, Func<Task<A>, TResult> then, CancellationToken token) =>
        ContinueWhenAny(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAny<TResult, A>(TaskFactory<TResult> self, Task<A>[] tasks, Func<Task<A>, TResult> then, TaskContinuationOptions options) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> ContinueWhenAny<TResult, A>(
        TaskFactory<TResult> self, Task<A>[] tasks, Func<Task<A>, TResult> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAny(tasks, then, token, options, scheduler);
        return Then(Promises.First(tasks), done => then(done.Result), token, options, scheduler);
    }

    // What the runtime refuses, it refuses itself.
    private static bool Controls(Task[] tasks, object then) => Steps.Exploring && then is not null && tasks is { Length: > 0 } && !tasks.Contains(null);
}
