using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

// Asking a task for its state, and waiting for it.
public static partial class TaskCalls
{
    public static bool get_IsCompleted(Task self) => Seen(self).IsCompleted;
    public static bool get_IsCompletedSuccessfully(Task self) => Seen(self).IsCompletedSuccessfully;
    public static bool get_IsFaulted(Task self) => Seen(self).IsFaulted;
    public static bool get_IsCanceled(Task self) => Seen(self).IsCanceled;
    public static TaskStatus get_Status(Task self) => Seen(self).Status;
    public static AggregateException? get_Exception(Task self) => Seen(self).Exception;

    public static TaskAwaiter GetAwaiter(Task self) => self.GetAwaiter();

    /// <summary>Inside an exploration every continuation comes back to the explorer's context; where there is no other, that is the thread pool.</summary>
    public static ConfiguredTaskAwaitable ConfigureAwait(Task self, bool continueOnCapturedContext) =>
        self.ConfigureAwait(continueOnCapturedContext || Steps.Exploring);

    public static ConfiguredTaskAwaitable ConfigureAwait(Task self, ConfigureAwaitOptions options) =>
        self.ConfigureAwait(Steps.Exploring ? options | ConfigureAwaitOptions.ContinueOnCapturedContext : options);

    public static void Wait(Task self) => Wait(self, Timeout.Infinite, CancellationToken.None);
    public static void Wait(Task self, CancellationToken cancellationToken) => Wait(self, Timeout.Infinite, cancellationToken);
    public static bool Wait(Task self, int millisecondsTimeout) => Wait(self, millisecondsTimeout, CancellationToken.None);
    public static bool Wait(Task self, TimeSpan timeout) => Wait(self, Timeouts.Milliseconds(timeout), CancellationToken.None);
    public static bool Wait(Task self, TimeSpan timeout, CancellationToken cancellationToken) => Wait(self, Timeouts.Milliseconds(timeout), cancellationToken);

    public static bool Wait(Task self, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring) return self.Wait(millisecondsTimeout, cancellationToken);
        Timeouts.Check(millisecondsTimeout);
        return TaskState.Await(self, millisecondsTimeout, cancellationToken) && self.Wait(Timeout.Infinite, CancellationToken.None);
    }

    public static void WaitAll(params Task[] tasks) => WaitAll(tasks, Timeout.Infinite, CancellationToken.None);
    public static void WaitAll(params ReadOnlySpan<Task> tasks) => WaitAll(tasks.ToArray(), Timeout.Infinite, CancellationToken.None);
    public static bool WaitAll(Task[] tasks, TimeSpan timeout) => WaitAll(tasks, Timeouts.Milliseconds(timeout), CancellationToken.None);
    public static bool WaitAll(Task[] tasks, int millisecondsTimeout) => WaitAll(tasks, millisecondsTimeout, CancellationToken.None);
    public static void WaitAll(Task[] tasks, CancellationToken cancellationToken) => WaitAll(tasks, Timeout.Infinite, cancellationToken);

    public static void WaitAll(IEnumerable<Task> tasks, CancellationToken cancellationToken = default) =>
        WaitAll(tasks?.ToArray()!, Timeout.Infinite, cancellationToken);

    public static bool WaitAll(Task[] tasks, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring || tasks is null || tasks.Contains(null)) return Task.WaitAll(tasks!, millisecondsTimeout, cancellationToken);
        Timeouts.Check(millisecondsTimeout);
        int left = millisecondsTimeout;
        foreach (Task task in tasks)
        {
            long before = Execution.Current!.Clock.Milliseconds;
            if (!TaskState.Await(task, left, cancellationToken)) return false;
            if (left > 0) left = (int)Math.Max(0, left - (Execution.Current!.Clock.Milliseconds - before));
        }
        return Task.WaitAll(tasks, Timeout.Infinite, CancellationToken.None);
    }

    public static int WaitAny(params Task[] tasks) => WaitAny(tasks, Timeout.Infinite, CancellationToken.None);
    public static int WaitAny(Task[] tasks, TimeSpan timeout) => WaitAny(tasks, Timeouts.Milliseconds(timeout), CancellationToken.None);
    public static int WaitAny(Task[] tasks, CancellationToken cancellationToken) => WaitAny(tasks, Timeout.Infinite, cancellationToken);
    public static int WaitAny(Task[] tasks, int millisecondsTimeout) => WaitAny(tasks, millisecondsTimeout, CancellationToken.None);

    public static int WaitAny(Task[] tasks, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring || tasks is null || tasks.Length == 0 || tasks.Contains(null))
            return Task.WaitAny(tasks!, millisecondsTimeout, cancellationToken);
        Timeouts.Check(millisecondsTimeout);
        Task<Task> first = WhenAny(tasks);
        return TaskState.Await(first, millisecondsTimeout, cancellationToken) ? Array.IndexOf(tasks, first.Result) : -1;
    }

    public static Task WaitAsync(Task self, CancellationToken cancellationToken) => WaitAsync(self, Timeout.InfiniteTimeSpan, cancellationToken);
    public static Task WaitAsync(Task self, TimeSpan timeout) => WaitAsync(self, timeout, CancellationToken.None);
    public static Task WaitAsync(Task self, TimeSpan timeout, TimeProvider timeProvider) => WaitAsync(self, timeout, timeProvider, CancellationToken.None);
    public static Task WaitAsync(Task self, TimeSpan timeout, CancellationToken cancellationToken) =>
        WaitAsync(self, timeout, TimeProvider.System, cancellationToken);

    public static Task WaitAsync(Task self, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring || timeProvider is null) return self.WaitAsync(timeout, timeProvider!, cancellationToken);
        if (Promises.Settled(self, timeout, cancellationToken)) return self.WaitAsync(timeout, CancellationToken.None);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var promise = new TaskCompletionSource();
        Promises.OnCompleted(self, () => Promises.Settle(promise, self));
        Promises.AfterBy(timeProvider, timeout, promise.Task, () => promise.TrySetException(new TimeoutException()));
        Promises.OnCancelled(cancellationToken, promise.Task, () => promise.TrySetCanceled(cancellationToken));
        return promise.Task;
    }

    private static Task Seen(Task self)
    {
        TaskState.Look(self);
        return self;
    }
}
