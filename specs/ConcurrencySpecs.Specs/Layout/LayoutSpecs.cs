using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Layout;

public sealed class The_cursors
{
    private const int LinePair = 128;

    [Fact]
    public void of_many_producers_and_consumers_lie_two_lines_apart() =>
        Apart<MpmcCursors>(nameof(MpmcCursors.Head), nameof(MpmcCursors.Tail));

    [Fact]
    public void of_one_producer_and_one_consumer_lie_two_lines_apart() =>
        Apart<SpscCursors>(nameof(SpscCursors.Tail), nameof(SpscCursors.Head));

    [Fact]
    public void lie_beside_the_copy_that_their_own_side_uses()
    {
        Assert.Equal(Offset<SpscCursors>(nameof(SpscCursors.Tail)) + 8, Offset<SpscCursors>(nameof(SpscCursors.CachedHead)));
        Assert.Equal(Offset<SpscCursors>(nameof(SpscCursors.Tail)) + 16, Offset<SpscCursors>(nameof(SpscCursors.Granted)));
        Assert.Equal(Offset<SpscCursors>(nameof(SpscCursors.Head)) + 8, Offset<SpscCursors>(nameof(SpscCursors.CachedTail)));
    }

    private static void Apart<T>(string first, string second) where T : struct
    {
        Assert.True(Offset<T>(first) >= LinePair, "what lies before the cursors shares their line");
        Assert.True(Offset<T>(second) - Offset<T>(first) >= LinePair, "the cursors share a line");
        Assert.True(Unsafe.SizeOf<T>() - Offset<T>(second) >= LinePair, "what lies behind the cursors shares their line");
    }

    private static int Offset<T>(string field) => (int)Marshal.OffsetOf<T>(field);
}

public sealed class A_ring
{
    [Theory, InlineData(1, 1), InlineData(2, 2), InlineData(3, 4), InlineData(1000, 1024)]
    public void has_a_length_that_is_a_power_of_two(int capacity, int length) => Assert.Equal(length, Ring.Create<byte>(capacity).Length);

    [Fact]
    public void repeats_its_slots_lap_after_lap()
    {
        byte[] ring = Ring.Create<byte>(4);
        for (long position = 0; position < 12; position++) Ring.Slot(ring, position, mask: 3)++;
        Ring.Slot(ring, long.MaxValue, mask: 3)++;
        Assert.Equal([3, 3, 3, 4], ring);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData((1 << 30) + 1)]
    public void refuses_a_capacity_that_no_ring_has(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(capacity), () => Ring.Create<byte>(capacity));
}
