using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_shared_array
{
    private const int Rounds = 5_000;

    [Fact]
    public void is_all_defaults_and_bounded()
    {
        using SharedArray<int> array = SharedArray.Create<int>(3);
        Assert.Equal([0, 0, 0], array.AsSpan().ToArray());
        array[2] = 7;
        Assert.Equal(7, array[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[-1] = 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Update(3, it => it));
        int[] four = [1, 2, 3, 4];
        Assert.Throws<ArgumentException>(() => four.CopyTo(array.AsSpan()));
        Assert.Equal([0, 0, 7], array.AsSpan().ToArray());
    }

    [Fact]
    public void may_be_empty_and_no_smaller()
    {
        using SharedArray<long> empty = SharedArray.Create<long>(0);
        Assert.True(empty.AsSpan().IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedArray.Create<long>(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedArray.Create<long>(1, stripes: 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void counts_every_update_of_two_processes(int stripes)
    {
        using SharedArray<long> array = SharedArray.Create<long>(6, stripes);
        using ChildProcess child = ChildProcess.Create(Count, array).Start();
        Count(array);
        child.JoinSoon();
        Assert.Equal(2 * Rounds, array.AsSpan().ToArray().Sum());
    }

    [Fact]
    public void is_opened_by_name_as_what_it_is()
    {
        using var named = new Named();
        using SharedArray<short> array = SharedArray.Create<short>(named.Name, 5);
        using SharedArray<short> same = SharedArray.Open<short>(named.Name);
        array.AsSpan()[4] = 3;
        Assert.Equal((3, 5), (same[4], same.Length));
        Assert.Throws<InvalidDataException>(() => SharedArray.Open<int>(named.Name));
        array.Unlink();
    }

    [Fact]
    public void lets_other_stripes_go_on_while_one_is_held()
    {
        using SharedArray<int> array = SharedArray.Create<int>(4, stripes: 2);
        using (SharedElementScope<int> scope = array.EnterScope(0))
        {
            Threads.Start(() => array.Update(1, _ => 5)).Join();
            Assert.Throws<LockRecursionException>(() => array.Update(2, _ => 5));
            Assert.Throws<InvalidOperationException>(array.Dispose);
            scope.Value = 9;
        }

        Assert.Equal([9, 5, 0, 0], array.AsSpan().ToArray());
    }

    [Fact]
    public void reads_zeros_through_a_span_that_outlives_it()
    {
        SharedArray<int> array = SharedArray.Create<int>(4);
        Span<int> late = array.AsSpan();
        late.Fill(3);
        array.Dispose();
        Assert.Equal([0, 0, 0, 0], late.ToArray());
        Assert.Throws<ObjectDisposedException>(() => array[0]);
    }

    private static void Count(SharedArray<long> array)
    {
        for (int i = 0; i < Rounds; i++) array.Update(i % array.Length, it => it + 1);
    }
}
