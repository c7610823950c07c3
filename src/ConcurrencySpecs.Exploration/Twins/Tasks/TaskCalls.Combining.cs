namespace ConcurrencySpecs.Exploration.Twins;

// WhenAll, WhenAny and WhenEach: the combined task completes in a step of the thread that completes the deciding one.
public static partial class TaskCalls
{
    public static Task WhenAll(IEnumerable<Task> tasks) => Steps.Exploring ? WhenAll(tasks?.ToArray()!) : Task.WhenAll(tasks);
    public static Task WhenAll(params ReadOnlySpan<Task> tasks) => Steps.Exploring ? WhenAll(tasks.ToArray()) : Task.WhenAll(tasks);

    public static Task WhenAll(params Task[] tasks)
    {
        if (!Steps.Exploring || tasks is null || tasks.Length == 0 || tasks.Contains(null)) return Task.WhenAll(tasks!);
        Task[] all = [.. tasks];
        var promise = new TaskCompletionSource();
        Promises.OnAllCompleted(all, () => Promises.Settle(promise, Task.WhenAll(all)));
        return promise.Task;
    }

    public static Task<TResult[]> WhenAll<TResult>(IEnumerable<Task<TResult>> tasks) => Steps.Exploring ? WhenAll(tasks?.ToArray()!) : Task.WhenAll(tasks);
    public static Task<TResult[]> WhenAll<TResult>(params ReadOnlySpan<Task<TResult>> tasks) =>
        Steps.Exploring ? WhenAll(tasks.ToArray()) : Task.WhenAll(tasks);

    public static Task<TResult[]> WhenAll<TResult>(params Task<TResult>[] tasks)
    {
        if (!Steps.Exploring || tasks is null || tasks.Length == 0 || tasks.Contains(null)) return Task.WhenAll(tasks!);
        Task<TResult>[] all = [.. tasks];
        var promise = new TaskCompletionSource<TResult[]>();
        Promises.OnAllCompleted(all, () => Promises.Settle(promise, Task.WhenAll(all)));
        return promise.Task;
    }

    public static Task<Task> WhenAny(IEnumerable<Task> tasks) => Steps.Exploring ? WhenAny(tasks?.ToArray()!) : Task.WhenAny(tasks);
    public static Task<Task> WhenAny(params ReadOnlySpan<Task> tasks) => Steps.Exploring ? WhenAny(tasks.ToArray()) : Task.WhenAny(tasks);
    public static Task<Task> WhenAny(Task task1, Task task2) => Steps.Exploring ? WhenAny([task1, task2]) : Task.WhenAny(task1, task2);

    public static Task<Task> WhenAny(params Task[] tasks)
    {
        if (!Steps.Exploring || tasks is null || tasks.Length == 0 || tasks.Contains(null)) return Task.WhenAny(tasks!);
        return Promises.First<Task>([.. tasks]);
    }

    public static Task<Task<TResult>> WhenAny<TResult>(IEnumerable<Task<TResult>> tasks) =>
        Steps.Exploring ? WhenAny(tasks?.ToArray()!) : Task.WhenAny(tasks);
    public static Task<Task<TResult>> WhenAny<TResult>(params ReadOnlySpan<Task<TResult>> tasks) =>
        Steps.Exploring ? WhenAny(tasks.ToArray()) : Task.WhenAny(tasks);
    public static Task<Task<TResult>> WhenAny<TResult>(Task<TResult> task1, Task<TResult> task2) =>
        Steps.Exploring ? WhenAny([task1, task2]) : Task.WhenAny(task1, task2);

    public static Task<Task<TResult>> WhenAny<TResult>(params Task<TResult>[] tasks)
    {
        if (!Steps.Exploring || tasks is null || tasks.Length == 0 || tasks.Contains(null)) return Task.WhenAny(tasks!);
        return Promises.First<Task<TResult>>([.. tasks]);
    }

    public static IAsyncEnumerable<Task> WhenEach(IEnumerable<Task> tasks) => Steps.Exploring ? WhenEach(tasks?.ToArray()!) : Task.WhenEach(tasks);
    public static IAsyncEnumerable<Task> WhenEach(params ReadOnlySpan<Task> tasks) => Steps.Exploring ? WhenEach(tasks.ToArray()) : Task.WhenEach(tasks);
    public static IAsyncEnumerable<Task> WhenEach(params Task[] tasks) =>
        !Steps.Exploring || tasks is null || tasks.Contains(null) ? Task.WhenEach(tasks!) : new TasksInOrder<Task>(tasks);

    public static IAsyncEnumerable<Task<TResult>> WhenEach<TResult>(IEnumerable<Task<TResult>> tasks) =>
        Steps.Exploring ? WhenEach(tasks?.ToArray()!) : Task.WhenEach(tasks);
    public static IAsyncEnumerable<Task<TResult>> WhenEach<TResult>(params ReadOnlySpan<Task<TResult>> tasks) =>
        Steps.Exploring ? WhenEach(tasks.ToArray()) : Task.WhenEach(tasks);
    public static IAsyncEnumerable<Task<TResult>> WhenEach<TResult>(params Task<TResult>[] tasks) =>
        !Steps.Exploring || tasks is null || tasks.Contains(null) ? Task.WhenEach(tasks!) : new TasksInOrder<Task<TResult>>(tasks);
}
