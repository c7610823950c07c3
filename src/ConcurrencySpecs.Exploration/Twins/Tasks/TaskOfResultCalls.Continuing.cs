using static ConcurrencySpecs.Exploration.Twins.Continuations;

namespace ConcurrencySpecs.Exploration.Twins;

// ContinueWith, in all its overloads.
public static partial class TaskOfResultCalls
{
    public static Task ContinueWith<T>(Task<T> self, Action<Task<T>> then) =>
        Then(self, then, CancellationToken.None, TaskContinuationOptions.None, null);

    public static Task ContinueWith<T>(Task<T> self, Action<Task<T>> then, CancellationToken token) =>
        Then(self, then, token, TaskContinuationOptions.None, null);

    public static Task ContinueWith<T>(Task<T> self, Action<Task<T>> then, TaskScheduler scheduler) =>
        Then(self, then, CancellationToken.None, TaskContinuationOptions.None, scheduler);

    public static Task ContinueWith<T>(Task<T> self, Action<Task<T>> then, TaskContinuationOptions options) =>
        Then(self, then, CancellationToken.None, options, null);

    public static Task ContinueWith<T>(
        Task<T> self, Action<Task<T>> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler) =>
        Then(self, then, token, options, scheduler);

    public static Task ContinueWith<T>(Task<T> self, Action<Task<T>, object?> then, object? state) =>
        Then(self, then, state, CancellationToken.None, TaskContinuationOptions.None, null);

    public static Task ContinueWith<T>(Task<T> self, Action<Task<T>, object?> then, object? state, CancellationToken token) =>
        Then(self, then, state, token, TaskContinuationOptions.None, null);

    public static Task ContinueWith<T>(Task<T> self, Action<Task<T>, object?> then, object? state, TaskScheduler scheduler) =>
        Then(self, then, state, CancellationToken.None, TaskContinuationOptions.None, scheduler);

    public static Task ContinueWith<T>(Task<T> self, Action<Task<T>, object?> then, object? state, TaskContinuationOptions options) =>
        Then(self, then, state, CancellationToken.None, options, null);

    public static Task ContinueWith<T>(
        Task<T> self, Action<Task<T>, object?> then, object? state, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler) =>
        Then(self, then, state, token, options, scheduler);

    public static Task<R> ContinueWith<T, R>(Task<T> self, Func<Task<T>, R> then) =>
        Then(self, then, CancellationToken.None, TaskContinuationOptions.None, null);

    public static Task<R> ContinueWith<T, R>(Task<T> self, Func<Task<T>, R> then, CancellationToken token) =>
        Then(self, then, token, TaskContinuationOptions.None, null);

    public static Task<R> ContinueWith<T, R>(Task<T> self, Func<Task<T>, R> then, TaskScheduler scheduler) =>
        Then(self, then, CancellationToken.None, TaskContinuationOptions.None, scheduler);

    public static Task<R> ContinueWith<T, R>(Task<T> self, Func<Task<T>, R> then, TaskContinuationOptions options) =>
        Then(self, then, CancellationToken.None, options, null);

    public static Task<R> ContinueWith<T, R>(
        Task<T> self, Func<Task<T>, R> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler) =>
        Then(self, then, token, options, scheduler);

    public static Task<R> ContinueWith<T, R>(Task<T> self, Func<Task<T>, object?, R> then, object? state) =>
        Then(self, then, state, CancellationToken.None, TaskContinuationOptions.None, null);

    public static Task<R> ContinueWith<T, R>(Task<T> self, Func<Task<T>, object?, R> then, object? state, CancellationToken token) =>
        Then(self, then, state, token, TaskContinuationOptions.None, null);

    public static Task<R> ContinueWith<T, R>(Task<T> self, Func<Task<T>, object?, R> then, object? state, TaskScheduler scheduler) =>
        Then(self, then, state, CancellationToken.None, TaskContinuationOptions.None, scheduler);

    public static Task<R> ContinueWith<T, R>(Task<T> self, Func<Task<T>, object?, R> then, object? state, TaskContinuationOptions options) =>
        Then(self, then, state, CancellationToken.None, options, null);

    public static Task<R> ContinueWith<T, R>(
        Task<T> self, Func<Task<T>, object?, R> then, object? state, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler) =>
        Then(self, then, state, token, options, scheduler);
}
