using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Monitor = ConcurrencySpecs.Exploration.Twins.Monitor;

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
