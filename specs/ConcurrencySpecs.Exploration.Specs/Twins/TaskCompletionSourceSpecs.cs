using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;

public sealed class A_task_completion_source_under_exploration
{
    [Fact]
    public void is_completed_by_the_first_only() => Ends("1 True False | 2 False True", () =>
    {
        var source = new TaskCompletionSource<int>();
        bool a = false, b = false;
        Together(() => a = TaskCompletionSourceOfResultCalls.TrySetResult(source, 1), () => b = TaskCompletionSourceOfResultCalls.TrySetResult(source, 2));
        return $"{TaskOfResultCalls.get_Result(source.Task)} {a} {b}";
    });

    [Fact]
    public void is_found_never_completed() => Fails(Outcome.Deadlock, () =>
    {
        var source = new TaskCompletionSource();
        TaskCalls.Wait(source.Task);
    });

    [Fact]
    public void gives_cancellation_and_exceptions_to_the_waiter() => Ends("TaskCanceledException FormatException", () =>
    {
        TaskCompletionSource cancelled = new(), failed = new();
        Together(() => TaskCompletionSourceCalls.SetCanceled(cancelled), () => TaskCompletionSourceCalls.SetException(failed, new FormatException()));
        return $"{Try(() => Result(cancelled.Task))} {Try(() => Result(failed.Task))}";
    });

    [Fact]
    public void waits_with_a_time_out_as_a_task() => Ends("TimeoutException | ok", () =>
    {
        var source = new TaskCompletionSource();
        Task wait = TaskCalls.WaitAsync(source.Task, TimeSpan.FromSeconds(1));
        Together(() => TaskCompletionSourceCalls.SetResult(source));
        return Try(() => Result(wait));
    });

    private static void Result(Task task)
    {
        System.Runtime.CompilerServices.TaskAwaiter awaiter = task.GetAwaiter();
        TaskAwaiterCalls.GetResult(ref awaiter);
    }
}
