using System.Runtime.InteropServices;
using ConcurrencySpecs.Layout;

public sealed class The_layout_of_segments
{
    [Fact]
    public void is_told_by_the_fingerprint_in_their_header()
    {
        uint fingerprint = SegmentLayout.FingerprintOf(SegmentLayout.Lines);
        Assert.True(fingerprint == SegmentHeader.TheLayout,
            $"What lies in segments has changed: set {nameof(SegmentHeader)}.{nameof(SegmentHeader.TheLayout)} to "
            + $"0x{fingerprint >>> 16:X4}_{fingerprint & 0xFFFF:X4}, so that segments of older builds are refused. It is now:\n{string.Join('\n', SegmentLayout.Lines)}");
    }

    [Theory]
    [InlineData("SemaphoreTerms of 192 bytes: Int64 Total at 128")]
    [InlineData("EventCountWords of 12 bytes: Int32 Settled at 8")]
    [InlineData("RobustWords of 64 bytes: Int32 Inconsistent at 44")]
    [InlineData("PartyState.Decided = 4")]
    [InlineData("ProcessBarrier.PlacesAt = 1152")]
    [InlineData("SharedArray`1.UndoAt = 128")]
    [InlineData("SegmentFormat.HeaderBytes = 4096")]
    public void has_each_word_and_each_place_in_its_fingerprint(string line) => Assert.Contains(line, SegmentLayout.Lines);

    [Fact]
    public void is_another_where_two_fields_changed_places_or_one_its_type()
    {
        uint[] fingerprints = [.. new[] { typeof(One), typeof(Two), typeof(Three) }
            .Select(type => SegmentLayout.FingerprintOf(SegmentLayout.Of(type).Select(line => line[type.Name.Length..])))];
        Assert.Equal(3, fingerprints.Distinct().Count());
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct One
    {
        public int A;
        public int B;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Two
    {
        public int B;
        public int A;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Three
    {
        public uint A;
        public int B;
    }
}
