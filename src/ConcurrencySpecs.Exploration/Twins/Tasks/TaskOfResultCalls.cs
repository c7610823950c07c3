using System.ComponentModel;
using System.Runtime.CompilerServices;
using static ConcurrencySpecs.Exploration.Twins.TaskStarts;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="Task{TResult}"/>.</summary>
[CallsOf(typeof(Task<>)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_Factory")]
public static partial class TaskOfResultCalls
{
    public static Task<TResult> New<TResult>(Func<TResult> function) => New(function, CancellationToken.None, TaskCreationOptions.None);
    public static Task<TResult> New<TResult>(Func<TResult> function, CancellationToken cancellationToken) =>
        New(function, cancellationToken, TaskCreationOptions.None);
    public static Task<TResult> New<TResult>(Func<TResult> function, TaskCreationOptions creationOptions) =>
        New(function, CancellationToken.None, creationOptions);

    public static Task<TResult> New<TResult>(Func<TResult> function, CancellationToken cancellationToken, TaskCreationOptions creationOptions)
    {
        if (!Steps.Exploring || function is null) return new Task<TResult>(function!, cancellationToken, creationOptions);
        Look(cancellationToken);
        return Watched(new Task<TResult>(EndingWith(function), cancellationToken, creationOptions), cancellationToken);
    }

    public static Task<TResult> New<TResult>(Func<object?, TResult> function, object? state) =>
        New(function, state, CancellationToken.None, TaskCreationOptions.None);
    public static Task<TResult> New<TResult>(Func<object?, TResult> function, object? state, CancellationToken cancellationToken) =>
        New(function, state, cancellationToken, TaskCreationOptions.None);
    public static Task<TResult> New<TResult>(Func<object?, TResult> function, object? state, TaskCreationOptions creationOptions) =>
        New(function, state, CancellationToken.None, creationOptions);

    public static Task<TResult> New<TResult>(
        Func<object?, TResult> function, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions)
    {
        if (!Steps.Exploring || function is null) return new Task<TResult>(function!, state, cancellationToken, creationOptions);
        Look(cancellationToken);
        return Watched(new Task<TResult>(EndingWith(function), state, cancellationToken, creationOptions), cancellationToken);
    }

    public static TResult get_Result<TResult>(Task<TResult> self)
    {
        if (Steps.Exploring) TaskState.Await(self);
        return Steps.Told(self.Result);
    }

    public static TaskAwaiter<TResult> GetAwaiter<TResult>(Task<TResult> self) => self.GetAwaiter();

    public static ConfiguredTaskAwaitable<TResult> ConfigureAwait<TResult>(Task<TResult> self, bool continueOnCapturedContext) =>
        self.ConfigureAwait(continueOnCapturedContext || Steps.Exploring);

    public static ConfiguredTaskAwaitable<TResult> ConfigureAwait<TResult>(Task<TResult> self, ConfigureAwaitOptions options) =>
        self.ConfigureAwait(Steps.Exploring ? options | ConfigureAwaitOptions.ContinueOnCapturedContext : options);

    public static Task<TResult> WaitAsync<TResult>(Task<TResult> self, CancellationToken cancellationToken) =>
        WaitAsync(self, Timeout.InfiniteTimeSpan, cancellationToken);
    public static Task<TResult> WaitAsync<TResult>(Task<TResult> self, TimeSpan timeout) => WaitAsync(self, timeout, CancellationToken.None);
    public static Task<TResult> WaitAsync<TResult>(Task<TResult> self, TimeSpan timeout, TimeProvider timeProvider) =>
        WaitAsync(self, timeout, timeProvider, CancellationToken.None);
    public static Task<TResult> WaitAsync<TResult>(Task<TResult> self, TimeSpan timeout, CancellationToken cancellationToken) =>
        WaitAsync(self, timeout, TimeProvider.System, cancellationToken);

    public static Task<TResult> WaitAsync<TResult>(Task<TResult> self, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring || timeProvider is null) return self.WaitAsync(timeout, timeProvider!, cancellationToken);
        if (Promises.Settled(self, timeout, cancellationToken)) return self.WaitAsync(timeout, CancellationToken.None);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<TResult>(cancellationToken);
        var promise = new TaskCompletionSource<TResult>();
        Promises.OnCompleted(self, () => Promises.Settle(promise, self));
        Promises.AfterBy(timeProvider, timeout, promise.Task, () => promise.TrySetException(new TimeoutException()));
        Promises.OnCancelled(cancellationToken, promise.Task, () => promise.TrySetCanceled(cancellationToken));
        return promise.Task;
    }
}
