using static ConcurrencySpecs.Exploration.Twins.Continuations;

namespace ConcurrencySpecs.Exploration.Twins;

// ContinueWith, in all its overloads.
public static partial class TaskCalls
{
    public static Task ContinueWith(Task self, Action<Task> then) =>
        Then(self, then, CancellationToken.None, TaskContinuationOptions.None, null);

    public static Task ContinueWith(Task self, Action<Task> then, CancellationToken token) =>
        Then(self, then, token, TaskContinuationOptions.None, null);

    public static Task ContinueWith(Task self, Action<Task> then, TaskScheduler scheduler) =>
        Then(self, then, CancellationToken.None, TaskContinuationOptions.None, scheduler);

    public static Task ContinueWith(Task self, Action<Task> then, TaskContinuationOptions options) =>
        Then(self, then, CancellationToken.None, options, null);

    public static Task ContinueWith(
        Task self, Action<Task> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler) =>
        Then(self, then, token, options, scheduler);

    public static Task ContinueWith(Task self, Action<Task, object?> then, object? state) =>
        Then(self, then, state, CancellationToken.None, TaskContinuationOptions.None, null);

    public static Task ContinueWith(Task self, Action<Task, object?> then, object? state, CancellationToken token) =>
        Then(self, then, state, token, TaskContinuationOptions.None, null);

    public static Task ContinueWith(Task self, Action<Task, object?> then, object? state, TaskScheduler scheduler) =>
        Then(self, then, state, CancellationToken.None, TaskContinuationOptions.None, scheduler);

    public static Task ContinueWith(Task self, Action<Task, object?> then, object? state, TaskContinuationOptions options) =>
        Then(self, then, state, CancellationToken.None, options, null);

    public static Task ContinueWith(
        Task self, Action<Task, object?> then, object? state, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler) =>
        Then(self, then, state, token, options, scheduler);

    public static Task<TResult> ContinueWith<TResult>(Task self, Func<Task, TResult> then) =>
        Then(self, then, CancellationToken.None, TaskContinuationOptions.None, null);

    public static Task<TResult> ContinueWith<TResult>(Task self, Func<Task, TResult> then, CancellationToken token) =>
        Then(self, then, token, TaskContinuationOptions.None, null);

    public static Task<TResult> ContinueWith<TResult>(Task self, Func<Task, TResult> then, TaskScheduler scheduler) =>
        Then(self, then, CancellationToken.None, TaskContinuationOptions.None, scheduler);

    public static Task<TResult> ContinueWith<TResult>(Task self, Func<Task, TResult> then, TaskContinuationOptions options) =>
        Then(self, then, CancellationToken.None, options, null);

    public static Task<TResult> ContinueWith<TResult>(
        Task self, Func<Task, TResult> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler) =>
        Then(self, then, token, options, scheduler);

    public static Task<TResult> ContinueWith<TResult>(Task self, Func<Task, object?, TResult> then, object? state) =>
        Then(self, then, state, CancellationToken.None, TaskContinuationOptions.None, null);

    public static Task<TResult> ContinueWith<TResult>(Task self, Func<Task, object?, TResult> then, object? state, CancellationToken token) =>
        Then(self, then, state, token, TaskContinuationOptions.None, null);

    public static Task<TResult> ContinueWith<TResult>(Task self, Func<Task, object?, TResult> then, object? state, TaskScheduler scheduler) =>
        Then(self, then, state, CancellationToken.None, TaskContinuationOptions.None, scheduler);

    public static Task<TResult> ContinueWith<TResult>(Task self, Func<Task, object?, TResult> then, object? state, TaskContinuationOptions options) =>
        Then(self, then, state, CancellationToken.None, options, null);

    public static Task<TResult> ContinueWith<TResult>(
        Task self, Func<Task, object?, TResult> then, object? state, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler) =>
        Then(self, then, state, token, options, scheduler);
}
