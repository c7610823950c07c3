using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Interlocked = ConcurrencySpecs.Exploration.Twins.Interlocked;

public sealed class A_task_under_exploration
{
    [Fact]
    public void runs_as_a_thread_of_its_own_and_gives_its_result() => Ends("1 2 | 2 1", () =>
    {
        int next = 0;
        Task<int> a = TaskCalls.Run(() => Interlocked.Increment(ref next)), b = TaskCalls.Run(() => Interlocked.Increment(ref next));
        TaskCalls.WaitAll(a, b);
        return $"{TaskOfResultCalls.get_Result(a)} {TaskOfResultCalls.get_Result(b)}";
    });

    [Fact]
    public void is_found_waiting_for_itself() => Fails(Outcome.Deadlock, () =>
    {
        Task? self = null;
        self = TaskCalls.Run(() => TaskCalls.Wait(self!));
        TaskCalls.Wait(self);
    });

    [Fact]
    public void reports_its_exception_to_the_waiter() => Ends("AggregateException Faulted", () =>
    {
        Task task = TaskCalls.Run(() => throw new InvalidOperationException("no"));
        return $"{Try(() => TaskCalls.Wait(task))} {TaskCalls.get_Status(task)}";
    });

    [Fact]
    public void is_waited_for_with_a_time_out_both_ways() => Ends("False | True", () =>
    {
        Task task = TaskCalls.Run(() => { });
        return TaskCalls.Wait(task, 10);
    });

    [Fact]
    public void is_waited_for_with_a_token_both_ways() => Ends("cancelled | ended", () =>
    {
        var source = new CancellationTokenSource();
        Task task = TaskCalls.Run(() => CancellationTokenSourceCalls.Cancel(source));
        return Try(() => TaskCalls.Wait(task, source.Token)) == "ok" ? "ended" : "cancelled";
    });

    [Fact]
    public void is_cancelled_before_it_starts_or_runs() => Ends("Canceled | RanToCompletion", () =>
    {
        var source = new CancellationTokenSource();
        Task task = TaskCalls.Run(() => { }, source.Token);
        CancellationTokenSourceCalls.Cancel(source);
        Try(() => TaskCalls.Wait(task));
        return TaskCalls.get_Status(task);
    });

    [Fact]
    public void is_unwrapped_when_it_gives_a_task() => Ends("5", () =>
    {
        Task<int> outer = TaskCalls.Run(() => TaskCalls.Run(() => 5));
        return TaskOfResultCalls.get_Result(outer);
    });

    [Fact]
    public void is_polled_until_it_is_completed() => Ends("done", () =>
    {
        Task task = TaskCalls.Run(() => { });
        At();
        while (!TaskCalls.get_IsCompleted(task)) At();
        return "done";
    });

    [Fact]
    public void is_started_by_a_factory_with_state_and_token() => Ends("state 3", () =>
    {
        Task<string> task = TaskFactoryCalls.StartNew(Task.Factory, state => $"state {state}", 3, CancellationToken.None);
        return TaskOfResultCalls.get_Result(task);
    });

    [Fact]
    public void is_started_when_the_program_starts_it() => Ends("ran", () =>
    {
        string end = "";
        Task task = TaskCalls.New(() => end = "ran");
        TaskCalls.Start(task);
        TaskCalls.Wait(task);
        return end;
    });

    [Fact]
    public void is_not_completed_before_its_attached_child_is() => Ends("child", () =>
    {
        string end = "";
        Task parent = TaskFactoryCalls.StartNew(Task.Factory,
            () => { TaskFactoryCalls.StartNew(Task.Factory, () => { end = "child"; }, TaskCreationOptions.AttachedToParent); });
        TaskCalls.Wait(parent);
        return end;
    });

    [Fact]
    public void runs_synchronously_when_asked() => Ends("ran", () =>
    {
        string end = "";
        TaskCalls.RunSynchronously(TaskCalls.New(() => end = "ran"));
        return end;
    });
}
