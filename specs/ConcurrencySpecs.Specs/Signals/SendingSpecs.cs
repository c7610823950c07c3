using System.Diagnostics;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Signals;

public sealed class Sending_a_signal
{
    [Fact]
    public void ends_a_child_that_does_not_handle_it()
    {
        using Process child = Process.Start("/bin/sleep", "60");
        Assert.Equal(SendResult.Sent, Signals.Send(child, Signal.Term));
        child.WaitForExit();
        Assert.Equal(128 + Signal.Term.Number, child.ExitCode);
        Assert.Equal(SendResult.Gone, Signals.Send(child, Signal.Term));
    }

    [Fact]
    public void to_a_process_that_is_gone_says_so()
    {
        using Process child = Process.Start("/bin/true");
        int number = child.Id;
        child.WaitForExit();
        Assert.Equal(SendResult.Gone, Signals.Send(number, Signal.Usr1));
        Assert.False(Signals.Exists(number));
    }

    [Fact]
    public void needs_no_signal_to_ask_whether_a_process_is_there() => Assert.True(Signals.Exists(Environment.ProcessId) && Signals.Exists(1));

    [Theory, InlineData(0), InlineData(-1), InlineData(int.MinValue)]
    public void never_reaches_a_group(int process)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(process), () => Signals.Send(process, Signal.Kill));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(process), () => Signals.Exists(process));
    }

    [Fact]
    public void without_permission_says_what_would_be_needed()
    {
        var refused = new SystemCallException("kill", $"{Signal.Usr1} to process 1", Errno.Eperm, Signals.NeedsPermission);
        Assert.Equal(("kill", "EPERM"), (refused.Call, refused.ErrorName));
        Assert.Contains("root", refused.Message, StringComparison.Ordinal);
        if (Environment.UserName != "root") Assert.Equal(refused.Message, Assert.Throws<SystemCallException>(() => Signals.Send(1, Signal.Usr1)).Message);
    }
}
