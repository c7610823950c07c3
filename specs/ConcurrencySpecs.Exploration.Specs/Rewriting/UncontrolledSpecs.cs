using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Exploration;

public sealed partial class An_uncontrolled_call
{
    [LibraryImport("libc", EntryPoint = "getpid")]
    private static partial int Pid();

    [LibraryImport("libc", EntryPoint = "getppid"), SuppressGCTransition]
    private static partial int ParentPid();

    [Fact] public void into_native_code_ends_the_exploration_by_name() => Ends("An_uncontrolled_call.Pid", "native code may block", () => _ = Pid());

    [Fact] public void to_a_process_ends_the_exploration_by_name() => Ends("Process.Start", "a process runs beside the schedule", () => Process.Start("true"));

    [Fact]
    public void to_a_pipe_ends_the_exploration_by_name() =>
        Ends("AnonymousPipeServerStream", "it has no twin", () => { using var pipe = new AnonymousPipeServerStream(); });

    [Fact]
    public void that_returns_a_task_of_another_thread_ends_the_exploration_by_name() =>
        Ends("File.ReadAllTextAsync", "some other thread completes", () => { _ = File.ReadAllTextAsync("/proc/version"); });

    [Fact]
    public void to_the_thread_pool_through_linq_ends_the_exploration_by_name() =>
        Ends("ParallelEnumerable.AsParallel", "it runs on the thread pool", () => _ = Enumerable.Empty<int>().AsParallel());

    [Fact]
    public void names_caller_and_line()
    {
        ExplorationFailedException failed = Ends("An_uncontrolled_call.Reach calls", "UncontrolledSpecs.cs:", Reach);
        Assert.Contains("ExplorationOptions.Allow(\"An_uncontrolled_call.Pid\")", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void cannot_be_hidden_by_a_catch() => Ends("An_uncontrolled_call.Pid", "native code may block", () =>
    {
        try
        {
            _ = Pid();
        }
        catch (Exception)
        {
            // as code does that must not fail
        }
    });

    [Fact]
    public void is_refused_where_a_delegate_to_it_is_made() => Ends("An_uncontrolled_call.Pid", "native code may block", () =>
    {
        Func<int> pid = Pid;
        pid();
    });

    [Fact]
    public void that_no_schedule_reaches_does_not_matter()
    {
        bool native = false;
        ExplorationResult result = Explore.Every(() => { if (native) _ = Pid(); });
        Assert.True(result.Exhausted);
    }

    [Fact]
    public void may_be_allowed_by_entry_point_or_by_the_printed_name()
    {
        Assert.True(Explore.Every(() => Assert.True(Pid() > 0), ExplorationOptions.Default.Allow("getpid")).Exhausted);
        Assert.True(Explore.Every(() => Assert.True(Pid() > 0), ExplorationOptions.Default.Allow("An_uncontrolled_call.Pid")).Exhausted);
    }

    [Fact] public void is_not_a_native_call_that_promises_not_to_block() => Assert.True(Explore.Every(() => Assert.True(ParentPid() > 0)).Exhausted);

    [Fact]
    public void works_in_rewritten_code_outside_a_schedule()
    {
        using var host = TwinHost.For(typeof(Caller));
        Assert.Equal(Environment.ProcessId, ((IServiceProvider)host.Create()).GetService(typeof(int)));
    }

    [Fact]
    public void is_listed_without_running()
    {
        IReadOnlyList<UncontrolledCall> calls = Explore.Uncontrolled(() => throw new InvalidOperationException("not to be run"));
        UncontrolledCall reach = Assert.Single(calls, call => call.Caller == "An_uncontrolled_call.Reach");
        Assert.Equal("An_uncontrolled_call.Pid", reach.Member);
        Assert.EndsWith("UncontrolledSpecs.cs", reach.File, StringComparison.Ordinal);
        Assert.True(reach.Line > 0);
        Assert.DoesNotContain(calls, call => call.Member == "An_uncontrolled_call.ParentPid");
    }

    private static void Reach() => _ = Pid();

    private static ExplorationFailedException Ends(string what, string why, Action body)
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); });
        Assert.Contains(what, failed.Message, StringComparison.Ordinal);
        Assert.Contains(why, failed.Message, StringComparison.Ordinal);
        Assert.Equal(1, failed.Result.Schedules);
        return failed;
    }

    private sealed class Caller : IServiceProvider
    {
        public object GetService(Type serviceType) => Pid();
    }
}
