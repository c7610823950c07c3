using System.Diagnostics;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Signals;

public sealed class The_end_of_a_child_process
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(137, 137)]
    [InlineData(256, 0)]
    [InlineData(-1, 255)]
    public void is_told_by_the_code_that_it_exits_with(int code, int expected)
    {
        using ChildProcess<int> child = ChildProcess.Create(code => { Environment.Exit(code); return code; }, code).Start();
        child.JoinSoon();
        Assert.Equal(new ProcessExitStatus(expected, null), child.ExitStatus);
        Assert.Contains($"exited with code {expected}", Assert.Throws<ChildEndedException>(() => child.Result).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void is_told_by_the_signal_that_ended_it()
    {
        using ChildProcess killed = ChildProcess.Create(Children.WaitForEver).Start();
        using ChildProcess terminated = ChildProcess.Create(Children.WaitForEver).Start();
        killed.Kill();
        terminated.Terminate();
        killed.JoinSoon();
        terminated.JoinSoon();
        Assert.Equal((null, 9, -9), (killed.ExitStatus!.Value.ExitCode, killed.ExitStatus.Value.Signal, killed.ExitStatus.Value.PythonExitCode));
        Assert.Equal((null, 15, -15), (terminated.ExitStatus!.Value.ExitCode, terminated.ExitStatus.Value.Signal, terminated.ExitStatus.Value.PythonExitCode));
        Assert.Equal("was ended by SIGKILL", killed.ExitStatus.ToString());
    }

    [Fact]
    public void is_told_by_any_signal_that_is_sent_to_it()
    {
        using ChildProcess child = ChildProcess.Create(Children.WaitForEver).Start();
        Assert.Throws<ArgumentException>("signal", () => child.Send(default));
        Assert.Equal(SendResult.Sent, child.Send(Signal.Usr1));
        child.JoinSoon();
        Assert.Equal(Signal.Usr1.Number, child.ExitStatus!.Value.Signal);
        Assert.Equal(SendResult.Gone, child.Send(Signal.Usr1));
    }

    [Fact]
    public void carries_the_exception_that_left_the_entry_with_its_stack()
    {
        using ChildProcess<int> child = ChildProcess.Create(FailQuietly).Start();
        RemoteException failure = Assert.Throws<RemoteException>(() => child.Result);
        Assert.Equal(typeof(FormatException).FullName, failure.RemoteType);
        Assert.Contains("no number", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Fail), failure.RemoteText, StringComparison.Ordinal);
        Assert.Contains("the cause", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, child.ExitStatus!.Value.ExitCode);
        Assert.Equal(failure.RemoteType, child.ExitStatus.Value.Failure!.RemoteType);
    }

    [Fact]
    public void by_an_exception_is_told_on_standard_error_as_well()
    {
        using var folder = new Folder();
        using ChildProcess child = ChildProcess.Create(file =>
        {
            Children.SendErrorsTo(file);
            using ChildProcess<int> inner = ChildProcess.Create(Fail).Start();
            inner.Join();
        }, folder.File("stderr")).Start();
        child.JoinSoon();
        Assert.True(child.ExitStatus!.Value.IsSuccess);
        string said = File.ReadAllText(folder.File("stderr"));
        Assert.Contains("System.FormatException: no number", said, StringComparison.Ordinal);
        Assert.Contains(nameof(Fail), said, StringComparison.Ordinal);
    }

    [Fact]
    public void is_waited_for_no_longer_than_told()
    {
        using ChildProcess child = ChildProcess.Create(Children.WaitForEver).Start();
        Assert.False(child.Join(TimeSpan.Zero));
        Assert.False(child.Join(TimeSpan.FromSeconds(-5)));
        long start = Stopwatch.GetTimestamp();
        Assert.False(child.Join(TimeSpan.FromMilliseconds(30)));
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(30));
        Assert.Null(child.ExitStatus);
        Assert.True(child.IsAlive);
        child.Kill();
        child.JoinSoon();
        Assert.True(child.Join(TimeSpan.Zero));
        Assert.False(child.IsAlive);
    }

    [Fact]
    public async Task is_waited_for_until_the_wait_is_cancelled()
    {
        using ChildProcess child = ChildProcess.Create(Children.WaitForEver).Start();
        using var stop = new CancellationTokenSource();
        Running waiting = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => child.Join(Timeout.InfiniteTimeSpan, stop.Token))).Blocked();
        stop.Cancel();
        waiting.Join();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => child.JoinAsync(stop.Token));
        Assert.True(child.IsAlive);
    }

    [Fact]
    public void shows_on_the_sentinel_for_any_number_of_waiters_and_for_good()
    {
        using ChildProcess child = ChildProcess.Create(Children.WaitForEver).Start();
        using var other = new ManualResetEvent(false);
        void Wait() => Assert.Equal(1, WaitHandle.WaitAny([other, child.Sentinel], Children.Patience));
        Running[] waiting = [Threads.Start(Wait), Threads.Start(Wait)];
        child.Kill();
        foreach (Running one in waiting) one.Join();
        Assert.True(child.Sentinel.WaitOne(0));
    }

    [Fact]
    public void is_not_the_business_of_the_signal_for_ended_children()
    {
        using ChildProcess<int> ours = ChildProcess.Create(() => 1).Start();
        using Process theirs = Process.Start("/bin/sh", ["-c", "exit 7"]);
        theirs.WaitForExit();
        Assert.Equal((7, 1), (theirs.ExitCode, ours.Result));
    }

    [Fact]
    public void leaves_nothing_behind_a_hundred_times()
    {
        ChildProcess.Create(Children.WaitForEver).Start().Dispose();
        int before = OpenDescriptors.CountInUse();
        var started = new List<int>();
        for (int round = 0; round < 10; round++)
        {
            ChildProcess[] ten = [.. Enumerable.Range(0, 10).Select(_ => ChildProcess.Create(Children.WaitForEver).Start())];
            started.AddRange(ten.Select(child => child.Id!.Value));
            foreach (ChildProcess child in ten) child.Kill();
            foreach (ChildProcess child in ten) child.Dispose();
        }

        Assert.Equal(100, started.Count);
        Assert.DoesNotContain(started, pid => Directory.Exists($"/proc/{pid}"));
        Assert.InRange(OpenDescriptors.Count, 0, before);
        Assert.Empty(ChildProcess.Active);
    }

    [Fact]
    public void leaves_no_files_of_its_runtime_when_a_signal_ends_it()
    {
        using var folder = new Folder();
        using ChildProcess child = ChildProcess.Create(Children.SayAndWait, folder.File("pid")).Start();
        int pid = Children.Hear(folder.File("pid"));
        Assert.SkipUnless(Array.TrueForAll(RuntimeFilesOf(Environment.ProcessId), File.Exists), "diagnostics are switched off: there are no such files");
        string[] files = RuntimeFilesOf(pid);
        Assert.All(files, file => Assert.True(File.Exists(file), $"{file}: expected while the process lives"));
        child.KillAndJoin();
        Threads.WaitUntil(() => !Array.Exists(files, File.Exists));
    }

    private static string[] RuntimeFilesOf(int pid) =>
        [.. RuntimeFiles.Of(pid, ProcFiles.StartTimeOf(pid)).Select(name => Path.Combine(Path.GetTempPath(), name))];

    private static int FailQuietly()
    {
        Children.SendErrorsTo("/dev/null");
        return Fail();
    }

    private static int Fail() => throw new FormatException("no number", new InvalidOperationException("the cause"));
}
