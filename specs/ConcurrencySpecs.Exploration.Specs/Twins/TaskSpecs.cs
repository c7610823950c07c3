using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using Interlocked = ConcurrencySpecs.Exploration.Twins.Interlocked;
using Monitor = ConcurrencySpecs.Exploration.Twins.Monitor;
using static Exploring;

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
    public void runs_synchronously_when_asked() => Ends("ran", () =>
    {
        string end = "";
        TaskCalls.RunSynchronously(TaskCalls.New(() => end = "ran"));
        return end;
    });
}

public sealed class Combined_tasks_under_exploration
{
    [Fact]
    public void complete_when_all_have() => Ends("3", () =>
    {
        Task<int> a = TaskCalls.Run(() => 1), b = TaskCalls.Run(() => 2);
        return TaskOfResultCalls.get_Result(TaskCalls.WhenAll(a, b)).Sum();
    });

    [Fact]
    public void complete_with_whichever_is_first() => Ends("1 | 2", () =>
    {
        Task<int> a = TaskCalls.Run(() => 1), b = TaskCalls.Run(() => 2);
        return TaskOfResultCalls.get_Result(TaskOfResultCalls.get_Result(TaskCalls.WhenAny(a, b)));
    });

    [Fact]
    public void tell_which_was_first() => Ends("0 | 1", () => TaskCalls.WaitAny(TaskCalls.Run(() => { }), TaskCalls.Run(() => { })));

    [Fact]
    public void are_waited_for_with_a_time_out_both_ways() => Ends("False | True", () =>
        TaskCalls.WaitAll([TaskCalls.Run(() => { }), TaskCalls.Run(() => { })], 20));

    [Fact]
    public void carry_every_exception() => Ends("2", () =>
    {
        Task all = TaskCalls.WhenAll(TaskCalls.Run(() => throw new FormatException()), TaskCalls.Run(() => throw new FormatException()));
        Try(() => TaskCalls.Wait(all));
        return TaskCalls.get_Exception(all)!.InnerExceptions.Count;
    });

    [Fact]
    public void run_a_factory_s_continuation() => Ends("2", () =>
    {
        Task<int> count = TaskFactoryCalls.ContinueWhenAll(Task.Factory, [TaskCalls.Run(() => { }), TaskCalls.Run(() => { })], all => all.Length);
        return TaskOfResultCalls.get_Result(count);
    });
}

public sealed class A_continuation_under_exploration
{
    [Fact]
    public void runs_after_its_task() => Ends("1 then 2", () =>
    {
        Task<string> end = TaskOfResultCalls.ContinueWith(TaskCalls.Run(() => 1), task => $"{TaskOfResultCalls.get_Result(task)} then 2");
        return TaskOfResultCalls.get_Result(end);
    });

    [Theory]
    [InlineData(TaskContinuationOptions.OnlyOnFaulted, "Canceled")]
    [InlineData(TaskContinuationOptions.OnlyOnRanToCompletion, "RanToCompletion")]
    [InlineData(TaskContinuationOptions.NotOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, "Canceled")]
    public void obeys_its_condition(TaskContinuationOptions options, string expected) => Ends(expected, () =>
    {
        Task end = TaskCalls.ContinueWith(TaskCalls.Run(() => { }), _ => { }, options);
        Try(() => TaskCalls.Wait(end));
        return TaskCalls.get_Status(end);
    });

    [Fact]
    public void inside_the_completing_call_runs_under_the_caller_s_lock() => Ends("inside True", () =>
    {
        object gate = new();
        var source = new TaskCompletionSource();
        string end = "not run";
        Task after = TaskCalls.ContinueWith(source.Task, _ => { end = $"inside {Monitor.IsEntered(gate)}"; }, TaskContinuationOptions.ExecuteSynchronously);
        Monitor.Enter(gate);
        TaskCompletionSourceCalls.SetResult(source);
        Monitor.Exit(gate);
        TaskCalls.Wait(after);
        return end;
    });
}

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
