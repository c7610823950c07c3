using ConcurrencySpecs.Stress.Demo;

/// <summary>What does not depend on luck. What fork does to a process with write xor execute is for `stress demo fork` to show: it ends by SIGSEGV.</summary>
public sealed class A_forked_copy_of_a_NET_process
{
    private static readonly TimeSpan _enough = TimeSpan.FromMilliseconds(300), _plenty = TimeSpan.FromSeconds(5);

    // Not always, which is the point of the demonstration: another thread may have held one of the runtime's own locks in the moment of the copy.
    [Fact]
    public void lives_when_its_code_is_its_own_unless_the_runtime_was_busy_every_time() =>
        Assert.Contains(Enumerable.Range(0, 5), _ =>
            new ForkTrial(ForkedWork.Nothing, WriteXorExecute: false, _plenty).Run() is { CopyAnswered: true, Caller: "lived on" });

    [Theory]
    [InlineData(nameof(ForkedWork.RunATask))]
    [InlineData(nameof(ForkedWork.WakeItsThread))]
    public void waits_for_ever_for_threads_that_only_its_original_has(string work) =>
        Assert.True(new ForkTrial(Enum.Parse<ForkedWork>(work), WriteXorExecute: false, _enough).Run() is { CopyAnswered: false, Caller: "lived on" });
}
