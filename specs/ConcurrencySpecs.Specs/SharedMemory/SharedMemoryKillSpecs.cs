using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class Killed_in_the_middle_of_a_change
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void a_process_leaves_a_shared_value_whole_and_free(int seed)
    {
        using SharedValue<Wide> value = SharedValue.Create<Wide>();
        Kills.AgainAndAgain(seed, it => { for (SharedValue<Wide> own = it.Begin(); ;) own.Update(Wide.Next); }, value, patience =>
        {
            using SharedValueScope<Wide> scope = value.EnterScope(patience);
            Assert.True(scope.Value.IsWhole, $"torn: {scope.Value}");
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void a_process_leaves_a_shared_array_whole_and_free(int seed)
    {
        using SharedArray<Wide> array = SharedArray.Create<Wide>(2);
        int element = 0;
        Kills.AgainAndAgain(seed, it =>
        {
            SharedArray<Wide> own = it.Begin();
            for (int i = 0; ; i++) own.Update(i % 2, Wide.Next);
        }, array, patience =>
            Assert.True(array.Update(element ^= 1, it => it, patience).IsWhole, "torn"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void of_its_users_a_process_that_comes_and_goes_takes_no_segment_with_it(int seed)
    {
        using var named = new Named();
        using var segment = SharedMemorySegment.Create(named.Name, 1);
        Kills.AgainAndAgain(seed, it =>
        {
            for (string name = it.Begin(); ;)
            {
                using var attached = SharedMemorySegment.Open(name);
                attached.AsSpan()[0] = 7;
            }
        }, named.Name, _ =>
        {
            using var attached = SharedMemorySegment.Open(named.Name);
            Assert.InRange(attached.AsSpan()[0], 0, 7);
        });
        Assert.Equal([Environment.ProcessId], segment.Users);
        segment.Unlink();
        Assert.False(File.Exists(named.Path));
    }

    [Fact]
    public void of_an_element_a_process_leaves_it_as_it_was()
    {
        using SharedArray<Wide> array = SharedArray.Create<Wide>(4);
        array.Update(2, Wide.Next);
        using ChildProcess child = ChildProcess.Create(it =>
        {
            it.EnterScope(2);
            it.BeginChange(2);
            it[2] = it[2] with { C = 9, D = 9 };        // half of it is there
            Children.EndHere();
        }, array).Start();
        child.JoinSoon();
        Assert.False(array[2].IsWhole);
        Assert.True(array.Update(2, it => it).IsWhole);
        Assert.Equal(1, array[2].C);
    }

    private readonly record struct Wide(long A, long B, long C, long D, long E, long F, long G, long H)
    {
        public bool IsWhole => A == B && B == C && C == D && D == E && E == F && F == G && G == H;

        public static Wide Next(Wide it) => new(it.A + 1, it.B + 1, it.C + 1, it.D + 1, it.E + 1, it.F + 1, it.G + 1, it.H + 1);
    }
}
