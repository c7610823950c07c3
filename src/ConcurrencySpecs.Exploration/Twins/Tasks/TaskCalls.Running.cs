using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using static ConcurrencySpecs.Exploration.Twins.TaskStarts;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="Task"/>; the type itself stays, with its states, exceptions and continuations.</summary>
[CallsOf(typeof(Task)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_Id", "get_CurrentId", "get_CreationOptions", "get_AsyncState", "get_CompletedTask", "FromResult", "FromException", "FromCanceled", "Dispose",
    "Yield", "get_Factory")]
public static partial class TaskCalls
{
    private const TaskCreationOptions Alone = TaskCreationOptions.DenyChildAttach;

    public static Task Run(Action action) => Run(action, CancellationToken.None);

    public static Task Run(Action action, CancellationToken cancellationToken)
    {
        if (!Steps.Starting || action is null) return Task.Run(action!, cancellationToken);
        Look(cancellationToken);
        return Started(new Task(Ending(action), cancellationToken, Alone), cancellationToken);
    }

    public static Task<TResult> Run<TResult>(Func<TResult> function) => Run(function, CancellationToken.None);

    public static Task<TResult> Run<TResult>(Func<TResult> function, CancellationToken cancellationToken)
    {
        if (!Steps.Starting || function is null) return Task.Run(function!, cancellationToken);
        Look(cancellationToken);
        return Started(new Task<TResult>(EndingWith(function), cancellationToken, Alone), cancellationToken);
    }

    public static Task Run(Func<Task?> function) => Run(function, CancellationToken.None);

    public static Task Run(Func<Task?> function, CancellationToken cancellationToken)
    {
        if (!Steps.Starting || function is null) return Task.Run(function!, cancellationToken);
        return TaskExtensionsCalls.Unwrap(Run<Task?>(function, cancellationToken)!);
    }

    public static Task<TResult> Run<TResult>(Func<Task<TResult>?> function) => Run(function, CancellationToken.None);

    public static Task<TResult> Run<TResult>(Func<Task<TResult>?> function, CancellationToken cancellationToken)
    {
        if (!Steps.Starting || function is null) return Task.Run(function!, cancellationToken);
        return TaskExtensionsCalls.Unwrap(Run<Task<TResult>?>(function, cancellationToken)!);
    }

    public static Task New(Action action) => New(action, CancellationToken.None, TaskCreationOptions.None);
    public static Task New(Action action, CancellationToken cancellationToken) => New(action, cancellationToken, TaskCreationOptions.None);
    public static Task New(Action action, TaskCreationOptions creationOptions) => New(action, CancellationToken.None, creationOptions);

    public static Task New(Action action, CancellationToken cancellationToken, TaskCreationOptions creationOptions)
    {
        if (!Steps.Starting || action is null) return new Task(action!, cancellationToken, creationOptions);
        Look(cancellationToken);
        return Watched(new Task(Ending(action), cancellationToken, creationOptions), cancellationToken);
    }

    public static Task New(Action<object?> action, object? state) => New(action, state, CancellationToken.None, TaskCreationOptions.None);
    public static Task New(Action<object?> action, object? state, CancellationToken cancellationToken) =>
        New(action, state, cancellationToken, TaskCreationOptions.None);
    public static Task New(Action<object?> action, object? state, TaskCreationOptions creationOptions) =>
        New(action, state, CancellationToken.None, creationOptions);

    public static Task New(Action<object?> action, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions)
    {
        if (!Steps.Starting || action is null) return new Task(action!, state, cancellationToken, creationOptions);
        Look(cancellationToken);
        return Watched(new Task(Ending(action), state, cancellationToken, creationOptions), cancellationToken);
    }

    public static void Start(Task self) => Start(self, LogicalScheduler.For(TaskScheduler.Current));

    public static void Start(Task self, TaskScheduler scheduler)
    {
        if (Steps.Exploring) TaskState.Change(self, StepKind.Change);
        self.Start(scheduler is null ? null! : LogicalScheduler.For(scheduler));
    }

    public static void RunSynchronously(Task self) => RunSynchronously(self, LogicalScheduler.For(TaskScheduler.Current));

    public static void RunSynchronously(Task self, TaskScheduler scheduler)
    {
        if (Steps.Exploring) TaskState.Change(self, StepKind.Change);
        self.RunSynchronously(scheduler is null ? null! : LogicalScheduler.For(scheduler));
    }

    public static Task Delay(int millisecondsDelay) => Delay(millisecondsDelay, CancellationToken.None);
    public static Task Delay(TimeSpan delay) => Delay(Timeouts.Milliseconds(delay), CancellationToken.None);
    public static Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Delay(Timeouts.Milliseconds(delay), cancellationToken);

    public static Task Delay(int millisecondsDelay, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring) return Task.Delay(millisecondsDelay, cancellationToken);
        Timeouts.Check(millisecondsDelay);
        Look(cancellationToken);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        if (millisecondsDelay == 0) return Task.CompletedTask;
        var promise = new TaskCompletionSource();
        Promises.After(millisecondsDelay, promise.Task, () => promise.TrySetResult());
        Promises.OnCancelled(cancellationToken, promise.Task, () => promise.TrySetCanceled(cancellationToken));
        return promise.Task;
    }

    public static Task Delay(TimeSpan delay, TimeProvider timeProvider) => Delay(delay, timeProvider, CancellationToken.None);

    public static Task Delay(TimeSpan delay, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring || timeProvider is null) return Task.Delay(delay, timeProvider!, cancellationToken);
        if (VirtualTimeProvider.Is(timeProvider)) return Delay(delay, cancellationToken);
        var promise = new TaskCompletionSource();
        Promises.AfterBy(timeProvider, delay, promise.Task, () => promise.TrySetResult());
        Promises.OnCancelled(cancellationToken, promise.Task, () => promise.TrySetCanceled(cancellationToken));
        return promise.Task;
    }
}
