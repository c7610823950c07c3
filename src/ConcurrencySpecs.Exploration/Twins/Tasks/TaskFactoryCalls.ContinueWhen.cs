using static ConcurrencySpecs.Exploration.Twins.Continuations;

namespace ConcurrencySpecs.Exploration.Twins;

// ContinueWhenAll and ContinueWhenAny: a continuation of the combined task, which never fails.
public static partial class TaskFactoryCalls
{
    public static Task ContinueWhenAll(TaskFactory self, Task[] tasks, Action<Task[]> then) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task ContinueWhenAll(TaskFactory self, Task[] tasks, Action<Task[]> then, CancellationToken token) =>
        ContinueWhenAll(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task ContinueWhenAll(TaskFactory self, Task[] tasks, Action<Task[]> then, TaskContinuationOptions options) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task ContinueWhenAll(
        TaskFactory self, Task[] tasks, Action<Task[]> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAll(tasks, then, token, options, scheduler);
        return Then(Promises.All(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<TResult> ContinueWhenAll<TResult>(TaskFactory self, Task[] tasks, Func<Task[], TResult> then) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAll<TResult>(TaskFactory self, Task[] tasks, Func<Task[], TResult> then, CancellationToken token) =>
        ContinueWhenAll(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAll<TResult>(TaskFactory self, Task[] tasks, Func<Task[], TResult> then, TaskContinuationOptions options) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> ContinueWhenAll<TResult>(
        TaskFactory self, Task[] tasks, Func<Task[], TResult> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAll(tasks, then, token, options, scheduler);
        return Then(Promises.All(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task ContinueWhenAll<A>(TaskFactory self, Task<A>[] tasks, Action<Task<A>[]> then) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task ContinueWhenAll<A>(TaskFactory self, Task<A>[] tasks, Action<Task<A>[]> then, CancellationToken token) =>
        ContinueWhenAll(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task ContinueWhenAll<A>(TaskFactory self, Task<A>[] tasks, Action<Task<A>[]> then, TaskContinuationOptions options) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task ContinueWhenAll<A>(
        TaskFactory self, Task<A>[] tasks, Action<Task<A>[]> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAll(tasks, then, token, options, scheduler);
        return Then(Promises.All(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<TResult> ContinueWhenAll<A, TResult>(TaskFactory self, Task<A>[] tasks, Func<Task<A>[], TResult> then) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAll<A, TResult>(TaskFactory self, Task<A>[] tasks, Func<Task<A>[], TResult> then, CancellationToken token) =>
        ContinueWhenAll(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<R> ContinueWhenAll<A, R>(TaskFactory self, Task<A>[] tasks, Func<Task<A>[], R> then, TaskContinuationOptions options) =>
        ContinueWhenAll(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> ContinueWhenAll<A, TResult>(
        TaskFactory self, Task<A>[] tasks, Func<Task<A>[], TResult> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAll(tasks, then, token, options, scheduler);
        return Then(Promises.All(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task ContinueWhenAny(TaskFactory self, Task[] tasks, Action<Task> then) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task ContinueWhenAny(TaskFactory self, Task[] tasks, Action<Task> then, CancellationToken token) =>
        ContinueWhenAny(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task ContinueWhenAny(TaskFactory self, Task[] tasks, Action<Task> then, TaskContinuationOptions options) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task ContinueWhenAny(
        TaskFactory self, Task[] tasks, Action<Task> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAny(tasks, then, token, options, scheduler);
        return Then(Promises.First(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<TResult> ContinueWhenAny<TResult>(TaskFactory self, Task[] tasks, Func<Task, TResult> then) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAny<TResult>(TaskFactory self, Task[] tasks, Func<Task, TResult> then, CancellationToken token) =>
        ContinueWhenAny(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAny<TResult>(TaskFactory self, Task[] tasks, Func<Task, TResult> then, TaskContinuationOptions options) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> ContinueWhenAny<TResult>(
        TaskFactory self, Task[] tasks, Func<Task, TResult> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAny(tasks, then, token, options, scheduler);
        return Then(Promises.First(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task ContinueWhenAny<A>(TaskFactory self, Task<A>[] tasks, Action<Task<A>> then) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task ContinueWhenAny<A>(TaskFactory self, Task<A>[] tasks, Action<Task<A>> then, CancellationToken token) =>
        ContinueWhenAny(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task ContinueWhenAny<A>(TaskFactory self, Task<A>[] tasks, Action<Task<A>> then, TaskContinuationOptions options) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task ContinueWhenAny<A>(
        TaskFactory self, Task<A>[] tasks, Action<Task<A>> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAny(tasks, then, token, options, scheduler);
        return Then(Promises.First(tasks), done => then(done.Result), token, options, scheduler);
    }

    public static Task<TResult> ContinueWhenAny<A, TResult>(TaskFactory self, Task<A>[] tasks, Func<Task<A>, TResult> then) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAny<A, TResult>(TaskFactory self, Task<A>[] tasks, Func<Task<A>, TResult> then, CancellationToken token) =>
        ContinueWhenAny(self, tasks, then, token, self.ContinuationOptions, self.Scheduler ?? TaskScheduler.Current);
    public static Task<TResult> ContinueWhenAny<A, TResult>(TaskFactory self, Task<A>[] tasks, Func<Task<A>, TResult> then, TaskContinuationOptions options) =>
        ContinueWhenAny(self, tasks, then, self.CancellationToken, options, self.Scheduler ?? TaskScheduler.Current);

    public static Task<TResult> ContinueWhenAny<A, TResult>(
        TaskFactory self, Task<A>[] tasks, Func<Task<A>, TResult> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!Controls(tasks, then)) return self.ContinueWhenAny(tasks, then, token, options, scheduler);
        return Then(Promises.First(tasks), done => then(done.Result), token, options, scheduler);
    }

    // What the runtime refuses, it refuses itself.
    private static bool Controls(Task[] tasks, object then) => Steps.Exploring && then is not null && tasks is { Length: > 0 } && !tasks.Contains(null);
}
