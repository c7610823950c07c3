using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Tasks that something else than a delegate completes. Each completion is announced; the runtime's own combinators would complete silently.</summary>
internal static class Promises
{
    /// <summary>Runs <paramref name="then"/> once the task is completed: at once, or in the thread that completes it if the task allows that.</summary>
    public static void OnCompleted(Task task, Action then)
    {
        if (!TaskState.Knows(task)) TaskState.Change(task, StepKind.Change);
        if (task.IsCompleted) then();
        else task.ContinueWith(static (_, then) => ((Action)then!)(), then, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.DenyChildAttach, LogicalScheduler.Instance);
    }

    /// <summary>Runs <paramref name="then"/> once all tasks are completed, in the thread that completes the last of them.</summary>
    public static void OnAllCompleted(IReadOnlyList<Task> tasks, Action then, int from = 0)
    {
        if (from == tasks.Count) then();
        else OnCompleted(tasks[from], () => OnAllCompleted(tasks, then, from + 1));
    }

    /// <summary>The tasks, once all of them are completed, however they end.</summary>
    public static Task<T[]> All<T>(T[] tasks) where T : Task
    {
        T[] all = [.. tasks];
        var promise = new TaskCompletionSource<T[]>();
        OnAllCompleted(all, () => Settle(promise, Task.FromResult(all)));
        return promise.Task;
    }

    /// <summary>The first of the tasks that completes.</summary>
    public static Task<T> First<T>(T[] tasks) where T : Task
    {
        foreach (T task in tasks)
        {
            TaskState.Look(task);
            if (task.IsCompleted) return Task.FromResult(task);
        }
        var promise = new TaskCompletionSource<T>();
        foreach (T task in tasks)
        {
            OnCompleted(task, () =>
            {
                TaskState.Change(promise.Task, StepKind.Signal);
                promise.TrySetResult(task);
            });
        }
        return promise.Task;
    }

    /// <summary>Gives the promise the end of a completed task.</summary>
    public static void Settle<T>(TaskCompletionSource<T> promise, Task<T> completed)
    {
        TaskState.Change(promise.Task, StepKind.Signal);
        promise.TrySetFromTask(completed);
    }

    /// <inheritdoc cref="Settle{T}"/>
    public static void Settle(TaskCompletionSource promise, Task completed)
    {
        TaskState.Change(promise.Task, StepKind.Signal);
        promise.TrySetFromTask(completed);
    }

    /// <summary>Whether waiting for the task for so long ends at once; looks at the token as well.</summary>
    public static bool Settled(Task task, TimeSpan timeout, CancellationToken token)
    {
        int milliseconds = Timeouts.Milliseconds(timeout);
        TaskState.Look(task);
        if (task.IsCompleted) return true;
        TaskStarts.Look(token);
        return milliseconds == 0 && !token.IsCancellationRequested;
    }

    /// <summary>A wait without a thread of the program's: a thread of the explorer's own waits, and completes the task.</summary>
    public static Task<bool> Waiter(Func<bool> wait)
    {
        var promise = new TaskCompletionSource<bool>();
        Steps.Go(() =>
        {
            Task<bool> answer = Outcome(wait);
            Settle(promise, answer);
        });
        return promise.Task;
    }

    /// <summary>After so much virtual time, unless the promise has been kept by then.</summary>
    public static void After(long milliseconds, Task promise, Action expire)
    {
        if (milliseconds < 0) return;
        Steps.Go(() =>
        {
            Execution.Current!.Sleep(milliseconds);
            TaskState.Change(promise, StepKind.Signal);
            expire();
        });
    }

    /// <summary>The same by any clock, such as a fake one that the program advances.</summary>
    public static void AfterBy(TimeProvider clock, TimeSpan delay, Task promise, Action expire)
    {
        if (VirtualTimeProvider.Is(clock))
        {
            After(Timeouts.Milliseconds(delay), promise, expire);
            return;
        }
        if (delay == Timeout.InfiniteTimeSpan) return;
        ITimer timer = clock.CreateTimer(_ =>
        {
            TaskState.Change(promise, StepKind.Signal);
            expire();
        }, null, delay, Timeout.InfiniteTimeSpan);
        OnCompleted(promise, timer.Dispose);
    }

    /// <summary>When the token is cancelled: in the thread that cancels, after a step on the promise.</summary>
    public static void OnCancelled(CancellationToken token, Task promise, Action cancel)
    {
        if (!token.CanBeCanceled) return;
        token.UnsafeRegister(_ =>
        {
            TaskState.Change(promise, StepKind.Signal);
            cancel();
        }, null);
    }

    /// <summary>The value task as a task. Where a source of the program's own is behind it, completing that task is a step of its own.</summary>
    public static Task<T> Of<T>(ValueTask<T> value)
    {
        if (!Steps.Exploring || value.IsCompleted || Builders.TaskOf(ref value) is not null) return value.AsTask();
        var promise = new TaskCompletionSource<T>();
        LogicalContext.Install();
        value.GetAwaiter().UnsafeOnCompleted(() => Settle(promise, value.AsTask()));
        return promise.Task;
    }

    /// <inheritdoc cref="Of{T}"/>
    public static Task Of(ValueTask value)
    {
        if (!Steps.Exploring || value.IsCompleted || Builders.TaskOf(ref value) is not null) return value.AsTask();
        var promise = new TaskCompletionSource();
        LogicalContext.Install();
        value.GetAwaiter().UnsafeOnCompleted(() => Settle(promise, value.AsTask()));
        return promise.Task;
    }

    private static Task<bool> Outcome(Func<bool> wait)
    {
        try
        {
            return Task.FromResult(wait());
        }
        catch (OperationCanceledException cancelled)
        {
            return Task.FromCanceled<bool>(cancelled.CancellationToken);
        }
        catch (Exception thrown) when (thrown is not ExecutionAbortedException)
        {
            return Task.FromException<bool>(thrown);
        }
    }
}
