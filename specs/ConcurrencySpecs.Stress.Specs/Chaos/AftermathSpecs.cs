using ConcurrencySpecs.Stress.Chaos;

public sealed class A_holder_that_is_killed
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10), _little = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void leaves_what_it_had_to_the_next() => Assert.All(Aftermath.OfOurs(_patience), one => Assert.True(one.WentOn, $"{one.Name} {one}"));

    [Fact]
    public void leaves_everybody_waiting_for_ever_in_Python()
    {
        Assert.SkipWhen(BesidePython.Interpreter is null, "no python3 in PATH");
        IReadOnlyList<Aftermath> theirs = BesidePython.OfPython(BesidePython.Interpreter, _little);
        Assert.Equal(["lock", "semaphore", "shared value", "condition", "barrier", "queue"], theirs.Select(one => one.Name));
        Assert.All(theirs, one => Assert.False(one.WentOn, $"{one.Name} {one}"));
    }
}
