using ConcurrencySpecs.Exploration;

/// <summary>What flows from a thread into those that it starts: values of AsyncLocal, unless the program keeps them back.</summary>
public sealed class The_flow_of_values_under_exploration
{
    private static readonly AsyncLocal<string> _value = new();

    [Fact]
    public void reaches_a_thread_that_is_started() => Gives("mine", show => new Thread(() => show()).Start());

    [Fact]
    public void leaves_out_a_thread_that_is_started_without_it() => Gives(null, show => new Thread(() => show()).UnsafeStart());

    [Fact]
    public void leaves_out_a_thread_while_it_is_suppressed() => Gives(null, show =>
    {
        using (ExecutionContext.SuppressFlow()) new Thread(() => show()).Start();
    });

    [Fact]
    public void reaches_what_the_pool_runs() => Gives("mine", show => ThreadPool.QueueUserWorkItem(_ => show()));

    [Fact]
    public void leaves_out_what_the_pool_runs_without_it() => Gives(null, show => ThreadPool.UnsafeQueueUserWorkItem(_ => show(), null));

    [Fact]
    public void reaches_a_task() => Gives("mine", show => Task.Run(show));

    [Fact]
    public void reaches_a_timer_when_it_is_made() => Gives("mine", show =>
    {
        var timer = new Timer(_ => show(), null, Timeout.Infinite, Timeout.Infinite);
        _value.Value = "later";
        timer.Change(1, Timeout.Infinite);
    });

    [Fact]
    public void ends_with_the_schedule() => Assert.True(Explore.Every(() =>
    {
        Assert.Null(_value.Value);
        _value.Value = "mine";
        int steps = 0;
        Together.Run(() => Interlocked.Increment(ref steps), () => Interlocked.Increment(ref steps));
    }).Exhausted);

    private static void Gives(string? expected, Action<Action> start) => Assert.True(Explore.Every(() =>
    {
        string? seen = "nothing yet";
        _value.Value = "mine";
        using var shown = new ManualResetEventSlim();
        start(() =>
        {
            seen = _value.Value;
            shown.Set();
        });
        shown.Wait();
        Assert.Equal(expected, seen);
    }).Exhausted);
}
