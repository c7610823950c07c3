using System.Diagnostics;
using System.Globalization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Timeouts;

public sealed class An_isolated_function
{
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void returns_its_results_from_one_process_and_throws_its_errors()
    {
        using var function = new IsolatedFunction<int, int>(Work);
        int process = function.Run(0, _minute);
        Assert.NotEqual(Environment.ProcessId, process);
        Assert.Equal("System.FormatException", Assert.Throws<RemoteException>(() => function.Run(-1, _minute)).RemoteType);
        Assert.Equal(process, function.Run(0, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void is_stopped_at_its_limit_even_in_a_loop_that_heeds_nothing_and_the_next_call_runs()
    {
        using var function = new IsolatedFunction<int, int>(Work);
        int process = function.Run(0, _minute);
        long start = Stopwatch.GetTimestamp();
        var expired = Assert.Throws<IsolatedTimeoutException>(() => function.Run(1, _soon));
        Assert.Equal(_soon, expired.Limit);
        Assert.True(Stopwatch.GetElapsedTime(start) >= _soon);
        Assert.False(ConcurrencySpecs.Signals.Signals.Exists(process));
        int next = function.Run(0, _minute);
        Assert.NotEqual(process, next);
    }

    [Fact]
    public void is_killed_when_it_does_not_end_by_SIGTERM()
    {
        using var function = new IsolatedFunction<int, int>(Work);
        function.Run(2, _minute);
        Assert.True(Assert.Throws<IsolatedTimeoutException>(() => function.Run(1, _soon)).WasKilled);
    }

    /// <summary>By default SIGTERM ends a process in the moment in which it is sent; that the process is reaped takes longer than a grace of nothing.</summary>
    [Fact]
    public void is_not_called_killed_when_it_was_ending_by_SIGTERM_before_the_kill()
    {
        using var function = new IsolatedFunction<int, int>(Work, new() { Grace = TimeSpan.Zero });
        function.Run(7, _minute);
        Assert.False(Assert.Throws<IsolatedTimeoutException>(() => function.Run(1, _soon)).WasKilled);
    }

    [Fact]
    public void runs_again_once_processes_can_be_started_again()
    {
        using ChildProcess child = ChildProcess.Create(static () =>
        {
            using var descriptors = new ScarceDescriptors();
            using var function = new IsolatedFunction<int, int>(Work);
            Assert.Throws<IsolatedTimeoutException>(() => function.Run(1, _soon));          // what that needs is loaded now
            int first = function.Run(0, _minute);
            descriptors.Refuse();
            Assert.Equal("EMFILE", Assert.Throws<SystemCallException>(() => { while (Expires(function)) { } }).ErrorName);
            Assert.Equal("EMFILE", Assert.Throws<SystemCallException>(() => function.Run(0, _minute)).ErrorName);
            descriptors.Allow();
            Assert.NotEqual(first, function.Run(0, _minute));
            Assert.True(Expires(function));
            Assert.NotEqual(first, function.Run(0, _minute));
        }).Start();
        child.JoinSoon();
        Assert.Equal("exited with code 0", $"{child.ExitStatus}{child.ExitStatus?.Failure?.RemoteText}");
    }

    [Fact]
    public void is_ended_by_SIGTERM_without_a_handler_of_the_runtime_in_between()
    {
        using var function = new IsolatedFunction<int, int>(Work);
        Assert.Equal(0, function.Run(8, _minute));
    }

    [Fact]
    public void names_the_death_of_its_process_and_goes_on_in_another()
    {
        using var function = new IsolatedFunction<int, int>(Work);
        Assert.Contains("exited with code 5", Assert.Throws<ChildEndedException>(() => function.Run(5, _minute)).Message, StringComparison.Ordinal);
        Assert.NotEqual(0, function.Run(0, _minute));
    }

    [Fact]
    public void ends_with_the_scope_that_it_is_called_in()
    {
        using var function = new IsolatedFunction<int, int>(Work);
        function.Run(0, _minute);
        var expiry = Assert.Throws<DeadlineExpiredException>(() => Deadline.Run(_soon, _ => function.Run(1, _minute)));
        Assert.Equal(_soon, expiry.Deadline.Limit);
    }

    [Fact]
    public void loads_neither_JSON_nor_all_cultures_until_the_function_asks()
    {
        using var function = new IsolatedFunction<int, int>(Work);
        Assert.Equal(0, function.Run(3, _minute));
        Assert.Equal(OrderOfWords(), function.Run(4, _minute));     // by the user's culture, also when that loads them
    }

    [Fact]
    public void leaves_its_core_at_once_to_who_wakes_up_beside_it()
    {
        TimeSpan usual = TimeSlices.OfThisThread;
        Assert.SkipWhen(usual == TimeSpan.Zero, "This system knows no slices of a thread's own (Linux 6.12).");
        using var function = new IsolatedFunction<int, int>(Work);
        Assert.Equal(TimeSlices.Longest.TotalMilliseconds, function.Run(6, _minute));
        Assert.Equal(usual, TimeSlices.OfThisThread);
        Assert.True(usual < TimeSlices.Longest);
    }

    [Fact]
    public void refuses_what_cannot_work()
    {
        int captured = Environment.ProcessId;
        var refused = Assert.Throws<ArgumentException>(() => new IsolatedFunction<int, int>(_ => captured));
        Assert.Contains(nameof(captured), refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("function", () => new IsolatedFunction<int, Task<int>>(number => Task.FromResult(number)));
        Assert.Throws<ArgumentException>("function", () => new IsolatedFunction<int, ValueTask>(_ => ValueTask.CompletedTask));
        Assert.Throws<ArgumentOutOfRangeException>("Grace", () => new IsolatedFunction<int, int>(Work, new() { Grace = TimeSpan.FromDays(25) }));
        Assert.Throws<ArgumentOutOfRangeException>("MostBytes", () => new IsolatedFunction<int, int>(Work, new() { MostBytes = -1 }));
        using var function = new IsolatedFunction<string, int>(text => text.Length, new() { MostBytes = 100 });
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => function.Run("", TimeSpan.FromSeconds(-1)));
        Assert.Throws<IsolatedTimeoutException>(() => function.Run("", TimeSpan.Zero));
        Assert.Throws<InvalidOperationException>(() => function.Run(new string('x', 200), _minute));
        Assert.Equal(3, function.Run("abc", _minute));
        function.Dispose();
        Assert.Throws<ObjectDisposedException>(() => function.Run("", _minute));
    }

    private static int Work(int what)
    {
        switch (what)
        {
            case -1: throw new FormatException();
            case 1: for (; ; ) Thread.SpinWait(1_000);
            case 2: ConcurrencySpecs.Signals.Signals.Ignore(ConcurrencySpecs.Signals.Signal.Term); break;
            case 3: return MappedFiles("libicu") + MappedFiles("System.Text.Json");
            case 4: return OrderOfWords();
            case 5: Environment.Exit(5); break;
            case 8: return SignalCalls.ReadAction(15, out SignalAction action) == 0 && !action.IsHandled ? 0 : 1;
            case 6: return (int)TimeSlices.OfThisThread.TotalMilliseconds;
            case 7: ConcurrencySpecs.Signals.Signals.Default(ConcurrencySpecs.Signals.Signal.Term); break;
        }

        return Environment.ProcessId;
    }

    private static bool Expires(IsolatedFunction<int, int> function)
    {
        try
        {
            return function.Run(1, _soon) < 0;
        }
        catch (IsolatedTimeoutException)
        {
            return true;
        }
    }

    private static int MappedFiles(string name) =>
        File.ReadAllText("/proc/self/maps").Split('\n').Count(mapping => mapping.Contains(name, StringComparison.Ordinal));

    private static int OrderOfWords() => CultureInfo.CurrentCulture.CompareInfo.Compare("côte", "Coté");
}
