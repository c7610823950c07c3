using System.Globalization;
using ConcurrencySpecs.Native;

/// <summary>Numbers read by hand, as the runtime reads them.</summary>
public sealed class Digits_of_the_system
{
    [Fact]
    public void are_read_as_the_runtime_reads_them() => Spec.ForAll<long>(number =>
    {
        string text = Math.Abs(Math.Max(number, -long.MaxValue)).ToString(CultureInfo.InvariantCulture);
        Assert.True(Digits.TryRead(text, out long read));
        Assert.Equal(long.Parse(text, CultureInfo.InvariantCulture), read);
    });

    [Theory, InlineData("0", 0), InlineData("007", 7), InlineData("9223372036854775807", long.MaxValue)]
    public void may_be_few_or_many(string text, long expected)
    {
        Assert.True(Digits.TryRead(text, out long read));
        Assert.Equal(expected, read);
    }

    [Theory, InlineData(""), InlineData("-1"), InlineData(" 1"), InlineData("1a"), InlineData("٣")]
    [InlineData("9223372036854775808"), InlineData("99999999999999999999")]
    public void are_refused_when_there_is_anything_else_or_too_much(string text) => Assert.False(Digits.TryRead(text, out _));
}
