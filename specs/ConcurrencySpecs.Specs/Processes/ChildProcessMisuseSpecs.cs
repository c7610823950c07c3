using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Signals;

public sealed class A_misused_child_process
{
    private readonly int _field = 1;

    [Fact]
    public void names_the_variables_that_its_entry_captures()
    {
        int first = 1, second = 2;
        string message = Assert.Throws<ArgumentException>(() => ChildProcess.Create(() => first + second)).Message;
        Assert.Contains("'first', 'second'", message, StringComparison.Ordinal);
        Assert.Contains("argument", message, StringComparison.Ordinal);
        for (int inner = 0; inner < 1; inner++)
        {
            int copy = inner;
            string nested = Assert.Throws<ArgumentException>(() => ChildProcess.Create(() => first + copy)).Message;
            Assert.Contains("'copy'", nested, StringComparison.Ordinal);
            Assert.Contains("'first'", nested, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void refuses_an_entry_that_needs_an_object()
    {
        string bound = Assert.Throws<ArgumentException>(() => ChildProcess.Create(Instance)).Message;
        Assert.Contains(nameof(A_misused_child_process), bound, StringComparison.Ordinal);
        int local = _field;
        string inner = Assert.Throws<ArgumentException>(() => ChildProcess.Create(() => _field + local)).Message;
        Assert.Contains("'this'", inner, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ChildProcess.Create("text".Trim));
        Assert.Throws<ArgumentException>(() => ChildProcess.Create((Action)Children.WaitForEver + Children.WaitForEver));
        Assert.Throws<ArgumentNullException>(() => ChildProcess.Create((Action)null!));
    }

    [Fact]
    public void refuses_a_task_as_result()
    {
        string message = Assert.Throws<ArgumentException>(() => ChildProcess.Create(() => Task.FromResult(1))).Message;
        Assert.Contains("wait for the task", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ChildProcess.Create(() => ValueTask.CompletedTask));
        Assert.Throws<ArgumentException>(() => ChildProcess.Create(() => ValueTask.FromResult(1)));
        Assert.Contains("async void", Assert.Throws<ArgumentException>(() => ChildProcess.Create(ReturnEarly)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void does_nothing_before_it_is_started()
    {
        using ChildProcess child = ChildProcess.Create(Children.WaitForEver);
        Assert.Null(child.Id);
        Assert.False(child.IsAlive);
        Assert.Null(child.ExitStatus);
        Action[] early = [child.Join, child.Terminate, child.Kill, () => _ = child.Sentinel, () => child.Join(TimeSpan.Zero), () => child.Send(Signal.Usr1)];
        foreach (Action act in early) Assert.Contains("not been started", Assert.Throws<InvalidOperationException>(act).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void starts_once()
    {
        using ChildProcess child = ChildProcess.Create(Children.WaitForEver).Start();
        Assert.Contains("runs once", Assert.Throws<InvalidOperationException>(child.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void closes_only_after_its_end_and_then_answers_nothing()
    {
        using ChildProcess child = ChildProcess.Create(Children.WaitForEver).Start();
        Assert.Contains("still runs", Assert.Throws<InvalidOperationException>(child.Close).Message, StringComparison.Ordinal);
        child.Kill();
        child.Kill();
        child.JoinSoon();
        child.Kill();
        child.Terminate();
        child.Close();
        child.Close();
        Action[] late =
        [
            () => _ = child.Name, () => _ = child.Id, () => _ = child.IsAlive, () => _ = child.ExitStatus, () => _ = child.Sentinel,
            child.Join, child.Kill, child.Terminate, () => child.Start(), () => _ = child.Lifetime, () => child.Send(Signal.Usr1),
        ];
        foreach (Action act in late) Assert.Throws<ObjectDisposedException>(act);
        child.Dispose();
    }

    [Fact]
    public void starts_nothing_when_its_argument_cannot_be_written()
    {
        using ChildProcess child = ChildProcess.Create(_ => { }, (Delegate)Children.WaitForEver);
        Assert.Throws<NotSupportedException>(child.Start);
        Assert.Null(child.Id);
    }

    [Fact]
    public void is_refused_where_it_would_start_its_own_work_again_for_ever()
    {
        using ChildProcess<string> child = ChildProcess.Create(StartMyself, 1).Start();
        Assert.Contains("never end", child.Result, StringComparison.Ordinal);
    }

    [Fact]
    public void is_refused_where_it_runs_its_parents_main()
    {
        using ChildProcess<string> child = ChildProcess.Create(() =>
        {
            Environment.SetEnvironmentVariable(ChildProgram.LetterVariable, "9");       // what a child sees whose hook did not take over
            return Assert.Throws<InvalidOperationException>(() => ChildProcess.Create(Children.WaitForEver).Start()).Message;
        }).Start();
        Assert.Contains("runs its parent's Main", child.Result, StringComparison.Ordinal);
    }

    [Fact]
    public void is_not_awaited_in_the_middle_of_a_program()
    {
        Running other = Threads.Start(() =>
            Assert.Contains("first statement of Main", Assert.Throws<InvalidOperationException>(ChildProcess.RunIfChild).Message, StringComparison.Ordinal));
        other.Join();
        using ChildProcess<int> child = ChildProcess.Create(() => 4).Start();
        Assert.Equal(4, child.Result);
    }

    [Fact]
    public void is_refused_where_the_system_would_forget_how_it_ends()
    {
        using ChildProcess<string> child = ChildProcess.Create(() =>
        {
            const int childEnded = 17, ignore = 1;
            SetSignal(childEnded, ignore);
            return Assert.Throws<InvalidOperationException>(() => ChildProcess.Create(Children.WaitForEver).Start()).Message;
        }).Start();
        Assert.Contains("SIGCHLD ignored", child.Result, StringComparison.Ordinal);
    }

    [Fact]
    public void never_signals_another_process_that_came_to_have_its_id()
    {
        using ChildProcess child = ChildProcess.Create(Children.WaitForEver).Start();
        int pid = child.Id!.Value;
        child.Kill();
        child.JoinSoon();
        using SafeProcess? bystander = SafeProcess.WithId(pid);
        Assert.SkipWhen(bystander is null, "choosing a process id needs root and ns_last_pid");
        Assert.False(ProcessHandle.Send(child.Handle, 9, "the child"));
        child.Kill();
        Assert.Equal(SendResult.Gone, child.Send(Signal.Kill));
        Assert.True(bystander.IsAlive);
    }

    private static string StartMyself(int argument)
    {
        using ChildProcess<string> again = ChildProcess.Create(StartMyself, argument);
        try { again.Start(); }
        catch (InvalidOperationException refusal) { return refusal.Message; }
        return again.Result;
    }

    private int Instance() => _field;

    private static async void ReturnEarly() => await Task.Yield();

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "signal")]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern nint SetSignal(int signal, nint handler);
}
