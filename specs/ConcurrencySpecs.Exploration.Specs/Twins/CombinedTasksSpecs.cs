using ConcurrencySpecs.Exploration.Twins;
using static Exploring;

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
