using ConcurrencySpecs.Stress.Demo;

/// <summary>What does not depend on luck. What fork does to a process with write xor execute is for `stress demo fork` to show: it ends by SIGSEGV.</summary>
public sealed class A_forked_copy_of_a_NET_process
{
    private static readonly TimeSpan _enough = TimeSpan.FromMilliseconds(300), _plenty = TimeSpan.FromSeconds(20);

    [Fact]
    public void lives_when_its_code_is_its_own() =>
        Assert.True(new ForkTrial(ForkedWork.Nothing, AsDotNetIs: false, _plenty).Run() is { CopyAnswered: true, Caller: "lived on" });

    [Theory]
    [InlineData(nameof(ForkedWork.RunATask))]
    [InlineData(nameof(ForkedWork.WakeItsThread))]
    public void waits_for_ever_for_threads_that_only_its_original_has(string work) =>
        Assert.True(new ForkTrial(Enum.Parse<ForkedWork>(work), AsDotNetIs: false, _enough).Run() is { CopyAnswered: false, Caller: "lived on" });
}
