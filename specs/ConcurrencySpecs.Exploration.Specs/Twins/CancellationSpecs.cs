using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using ManualResetEventSlim = ConcurrencySpecs.Exploration.Twins.ManualResetEventSlim;
using Thread = ConcurrencySpecs.Exploration.Twins.Thread;
using WaitHandle = ConcurrencySpecs.Exploration.Twins.WaitHandle;

public sealed class A_cancellation_under_exploration
{
    [Fact]
    public void is_seen_by_one_who_polls() => Passes(() =>
    {
        var source = new CancellationTokenSource();
        CancellationToken token = source.Token;
        Together(
            () =>
            {
                At();
                while (!CancellationTokenCalls.get_IsCancellationRequested(ref token)) At();
            },
            () =>
            {
                At();
                CancellationTokenSourceCalls.Cancel(source);
            });
    });

    [Fact]
    public void runs_callbacks_in_the_thread_that_cancels_last_registered_first() => Ends("b1 a1", () =>
    {
        var source = new CancellationTokenSource();
        CancellationToken token = source.Token;
        string order = "";
        CancellationTokenCalls.Register(ref token, () => order += $" a{Thread.CurrentThread.Name}");
        CancellationTokenCalls.Register(ref token, () => order += $"b{Thread.CurrentThread.Name}");
        var thread = new Thread(() => CancellationTokenSourceCalls.Cancel(source)) { Name = "1" };
        thread.Start();
        thread.Join();
        return order;
    });

    [Fact]
    public void after_a_while_comes_sooner_or_later_than_the_work() => Ends("False | True", () =>
    {
        CancellationTokenSource source = CancellationTokenSourceCalls.New(100);
        Thread.Sleep(10);
        return CancellationTokenSourceCalls.get_IsCancellationRequested(source);
    });

    [Fact]
    public void wakes_a_sleeper_in_the_end() => Ends("OperationCanceledException", () =>
    {
        CancellationTokenSource source = CancellationTokenSourceCalls.New(TimeSpan.FromHours(1));
        return Try(() => new ManualResetEventSlim().Wait(source.Token));
    });

    [Fact]
    public void reaches_linked_tokens() => Ends("True", () =>
    {
        CancellationTokenSource a = new(), b = new();
        CancellationTokenSource linked = CancellationTokenSourceCalls.CreateLinkedTokenSource(a.Token, b.Token);
        Together(() => CancellationTokenSourceCalls.Cancel(b));
        return CancellationTokenSourceCalls.get_IsCancellationRequested(linked);
    });

    [Fact]
    public void is_waited_for_by_disposing_the_registration_of_a_running_callback() => Ends("after | never", () =>
    {
        var source = new CancellationTokenSource();
        CancellationToken token = source.Token;
        var state = new Words();
        CancellationTokenRegistration registration = CancellationTokenCalls.Register(ref token, () =>
        {
            state.Word = "during";
            Thread.Yield();
            state.Word = "after";
        });
        string seen = "";
        Together(
            () => CancellationTokenSourceCalls.Cancel(source),
            () =>
            {
                CancellationTokenRegistrationCalls.Dispose(ref registration);
                seen = state.Word;
            });
        return seen;
    });

    [Fact]
    public void cancels_a_delay_or_comes_too_late() => Ends("TaskCanceledException | ok", () =>
    {
        var source = new CancellationTokenSource();
        Task delay = TaskCalls.Delay(50, source.Token);
        Together(() => CancellationTokenSourceCalls.Cancel(source));
        return Try(() =>
        {
            System.Runtime.CompilerServices.TaskAwaiter awaiter = delay.GetAwaiter();
            TaskAwaiterCalls.GetResult(ref awaiter);
        });
    });

    [Fact]
    public void that_nobody_sends_is_found() => Fails(Outcome.Deadlock, () =>
    {
        var source = new CancellationTokenSource();
        new ManualResetEventSlim().Wait(source.Token);
    });

    [Fact]
    public void sets_the_token_s_wait_handle() => Ends("True", () =>
    {
        var source = new CancellationTokenSource();
        CancellationToken token = source.Token;
        WaitHandle handle = CancellationTokenCalls.get_WaitHandle(ref token);
        Together(() => CancellationTokenSourceCalls.Cancel(source));
        return handle.WaitOne();
    });

    private sealed class Words
    {
        public string Word { get; set; } = "never";
    }
}
