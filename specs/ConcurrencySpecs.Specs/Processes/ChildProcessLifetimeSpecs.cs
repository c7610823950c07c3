using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;

public sealed class The_lifetime_of_a_child_process
{
    [Theory]
    [InlineData(ChildLifetime.AwaitedByParent)]
    [InlineData(ChildLifetime.KilledWithParent)]
    public void ends_when_its_parent_is_killed(ChildLifetime lifetime)
    {
        using var folder = new Folder();
        using ChildProcess parent = ChildProcess.Create(StartOne, new Family(folder.File("pid"), lifetime, Stays: true)).Start();
        int child = Children.Hear(folder.File("pid"));
        Assert.NotEqual(0, ProcFiles.StartTimeOf(child));
        parent.Kill();
        parent.JoinSoon();
        Children.WaitForEndOf(child);
    }

    [Fact]
    public void is_waited_for_by_a_parent_that_comes_to_its_end()
    {
        using var folder = new Folder();
        using ChildProcess parent = ChildProcess.Create(StartOne, new Family(folder.File("pid"), ChildLifetime.AwaitedByParent, Stays: false)).Start();
        int child = Children.Hear(folder.File("pid"));
        Assert.False(parent.Join(TimeSpan.FromMilliseconds(50)));
        Assert.NotEqual(0, ProcFiles.StartTimeOf(child));
        File.Create(folder.File("pid.go")).Dispose();
        parent.JoinSoon();
        Assert.Equal(0, ProcFiles.StartTimeOf(child));
        Assert.True(parent.ExitStatus!.Value.IsSuccess);
    }

    [Fact]
    public void is_over_when_a_parent_that_wished_so_comes_to_its_end()
    {
        using var folder = new Folder();
        using ChildProcess parent = ChildProcess.Create(StartOne, new Family(folder.File("pid"), ChildLifetime.KilledWithParent, Stays: false)).Start();
        parent.JoinSoon();
        Assert.Equal(0, ProcFiles.StartTimeOf(Children.Hear(folder.File("pid"))));
    }

    [Fact]
    public void is_no_longer_than_that_of_a_parent_killed_before_the_child_has_begun()
    {
        using var folder = new Folder();
        using ChildProcess parent = ChildProcess.Create(file =>
        {
            using ChildProcess child = ChildProcess.Create(Children.WaitForEver).Start();
            Children.Say(file, child.Id!.Value);            // its runtime is about to load
            Children.WaitForEver();
        }, folder.File("pid")).Start();
        int child = Children.Hear(folder.File("pid"));
        parent.Kill();
        Children.WaitForEndOf(child);
    }

    private static void StartOne(Family family)
    {
        ChildProcess child = ChildProcess.Create(file =>
        {
            Children.Say(file, Environment.ProcessId);
            Threads.WaitUntil(() => File.Exists(file + ".go"));
        }, family.File, new ChildProcessOptions { Lifetime = family.Lifetime }).Start();
        if (family.Stays) child.Join();
        else Children.Hear(family.File);
    }

    private sealed record Family(string File, ChildLifetime Lifetime, bool Stays);
}
